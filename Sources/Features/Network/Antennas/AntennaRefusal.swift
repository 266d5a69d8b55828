import Access
import HTTP
import Locale

package enum AntennaRefusal: Refusal, MessageCatalogue, Equatable {
    case userWrong, passwordNeeded, secretWrong, hopWrong, hopRefused, hopPasswordNeeded, connectionWrong
    case accessNeeded, connectionNeeded, nothingToDo, underWay

    package var status: Status {
        switch self {
        case .accessNeeded, .connectionNeeded, .nothingToDo, .underWay: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .userWrong: "user_wrong"
        case .passwordNeeded: "password_needed"
        case .secretWrong: "secret_wrong"
        case .hopWrong: "hop_wrong"
        case .hopRefused: "hop_refused"
        case .hopPasswordNeeded: "hop_password_needed"
        case .connectionWrong: "connection_wrong"
        case .accessNeeded: "antenna_access_needed"
        case .connectionNeeded: "connection_needed"
        case .nothingToDo: "nothing_to_do"
        case .underWay: "job_under_way"
        }
    }

    /// The form field at fault.
    var field: String {
        switch self {
        case .userWrong: "antenna_user_1"
        case .passwordNeeded, .secretWrong: "antenna_password_1"
        case .hopWrong, .hopRefused: "hop_1"
        case .hopPasswordNeeded: "hop_password_1"
        case .connectionWrong: "antenna_connection"
        case .accessNeeded, .connectionNeeded, .underWay: "kind"
        case .nothingToDo: "scope"
        }
    }

    package var message: Message {
        switch self {
        case .userWrong:
            Message(
                es: "Los usuarios tienen letras y números, sin espacios; el primero no puede faltar.",
                en: "Users are letters and digits, without blanks; the first one is needed.",
                pt: "Os usuários têm letras e números, sem espaços; o primeiro é obrigatório.")
        case .passwordNeeded:
            Message(
                es: "Escriba la contraseña del primer usuario.", tu: "Escribe la contraseña del primer usuario.",
                vos: "Escribí la contraseña del primer usuario.", en: "Write the first user's password.",
                pt: "Escreva a senha do primeiro usuário.")
        case .secretWrong:
            Message(
                es: "Las contraseñas van en una sola línea.", en: "Passwords are a single line.",
                pt: "As senhas ficam em uma só linha.")
        case .hopWrong:
            Message(
                es: "Escriba los saltos como usuario@10.1.1.1 o usuario@10.1.1.1:2222, primero el más cercano.",
                tu: "Escribe los saltos como usuario@10.1.1.1 o usuario@10.1.1.1:2222, primero el más cercano.",
                vos: "Escribí los saltos como usuario@10.1.1.1 o usuario@10.1.1.1:2222, primero el más cercano.",
                en: "Write jump hosts as user@10.1.1.1 or user@10.1.1.1:2222, the nearest first.",
                pt: "Escreva os saltos como usuario@10.1.1.1 ou usuario@10.1.1.1:2222, primeiro o mais próximo.")
        case .hopRefused:
            Message(
                es: "El primer salto no está en sus redes de equipos.",
                tu: "El primer salto no está en tus redes de equipos.",
                vos: "El primer salto no está en tus redes de equipos.",
                en: "The first jump host is not in your device networks.",
                pt: "O primeiro salto não está em suas redes de equipamentos.")
        case .hopPasswordNeeded:
            Message(
                es: "Escriba la contraseña de cada salto nuevo.", tu: "Escribe la contraseña de cada salto nuevo.",
                vos: "Escribí la contraseña de cada salto nuevo.", en: "Write the password of each new jump host.",
                pt: "Escreva a senha de cada salto novo.")
        case .connectionWrong:
            Message(
                es: "La cadena de conexión no sirve así: revísela en UISP y antenas › Cadena de conexión.",
                tu: "La cadena de conexión no sirve así: revísala en UISP y antenas › Cadena de conexión.",
                vos: "La cadena de conexión no sirve así: revisala en UISP y antenas › Cadena de conexión.",
                en: "The connection string does not work like this: check it in UISP and antennas › Connection string.",
                pt: "A string de conexão não serve assim: verifique-a em UISP e antenas › String de conexão.")
        case .accessNeeded:
            Message(
                es: "Antes hace falta decir con qué usuario y contraseña se entra a las antenas.",
                en: "First say with which user and password antennas are entered.",
                pt: "Antes é preciso dizer com que usuário e senha se entra nas antenas.")
        case .connectionNeeded:
            Message(
                es: "Antes hace falta guardar la cadena de conexión de UISP en el acceso a las antenas.",
                en: "First keep UISP's connection string in the access to antennas.",
                pt: "Antes é preciso guardar a string de conexão do UISP no acesso às antenas.")
        case .nothingToDo:
            Message(
                es: "No hay ninguna antena así.", en: "There is no such antenna.", pt: "Não há nenhuma antena assim.")
        case .underWay:
            Message(
                es: "El trabajo está en otro estado: vuelva a cargar la página.",
                tu: "El trabajo está en otro estado: vuelve a cargar la página.",
                vos: "El trabajo está en otro estado: volvé a cargar la página.",
                en: "The job is in another state: reload the page.",
                pt: "O trabalho está em outra situação: recarregue a página.")
        }
    }
}
