import Locale

package enum SecondStepWords: MessageCatalogue {
    case title, code, codeHint, firstCodeHint, trust, lost, enrol, enrolBecause, scan, square, orType, turnOn
    case codesTitle, codesHint, goOn, withGoogle, otherWays

    package var message: Message {
        switch self {
        case .title:
            Message(es: "Verificación en dos pasos", en: "Two-step verification", pt: "Verificação em duas etapas")
        case .code: Message(es: "Código", en: "Code", pt: "Código")
        case .codeHint:
            Message(
                es: "Los 6 dígitos que muestra su aplicación, o uno de sus códigos de recuperación.",
                en: "The 6 digits your app shows, or one of your recovery codes.",
                pt: "Os 6 dígitos que seu aplicativo mostra, ou um de seus códigos de recuperação.")
        case .firstCodeHint:
            Message(
                es: "Los 6 dígitos que la aplicación muestra ahora.", en: "The 6 digits the app shows now.",
                pt: "Os 6 dígitos que o aplicativo mostra agora.")
        case .trust:
            Message(
                es: "No pedir el código en este equipo durante 30 días",
                en: "Do not ask for a code on this device for 30 days",
                pt: "Não pedir o código neste aparelho por 30 dias")
        case .lost:
            Message(
                es: "¿Perdió el teléfono y sus códigos? Quien administra los usuarios puede quitarle este paso.",
                en: "Lost your phone and your codes? Whoever manages the users can remove this step for you.",
                pt: "Perdeu o telefone e seus códigos? Quem administra os usuários pode remover esta etapa.")
        case .enrol:
            Message(
                es: "Active la verificación en dos pasos", en: "Turn on two-step verification",
                pt: "Ative a verificação em duas etapas")
        case .enrolBecause:
            Message(
                es: "Su empresa la exige: además de la contraseña se pide un código de su teléfono.",
                en: "Your company asks for it: besides the password, a code from your phone.",
                pt: "Sua empresa a exige: além da senha, pede-se um código do seu telefone.")
        case .scan:
            Message(
                es:
                    "Abra una aplicación de códigos (Google Authenticator, Aegis, 1Password u otra) y escanee el cuadro.",
                en: "Open an app for codes (Google Authenticator, Aegis, 1Password or another) and scan the square.",
                pt: "Abra um aplicativo de códigos (Google Authenticator, Aegis, 1Password ou outro) e leia o quadrado."
            )
        case .square:
            Message(
                es: "Código QR con la clave que se muestra debajo", en: "QR code of the key shown below",
                pt: "Código QR da chave mostrada abaixo")
        case .orType:
            Message(
                es: "O escriba esta clave en la aplicación:", en: "Or type this key into the app:",
                pt: "Ou digite esta chave no aplicativo:")
        case .turnOn: Message(es: "Activar", en: "Turn on", pt: "Ativar")
        case .codesTitle: Message(es: "Códigos de recuperación", en: "Recovery codes", pt: "Códigos de recuperação")
        case .codesHint:
            Message(
                es:
                    "Guárdelos en papel o en un lugar seguro: cada uno sirve una vez, si pierde el teléfono. No se vuelven a mostrar.",
                en:
                    "Keep them on paper or somewhere safe: each works once, should you lose your phone. They are not shown again.",
                pt:
                    "Guarde-os em papel ou em lugar seguro: cada um vale uma vez, se perder o telefone. Não serão mostrados de novo."
            )
        case .withGoogle:
            Message(es: "Continuar con Google", en: "Continue with Google", pt: "Continuar com o Google")
        case .otherWays:
            Message(es: "Otras formas de iniciar sesión", en: "Other ways to sign in", pt: "Outras formas de entrar")
        case .goOn:
            Message(es: "Ya los guardé, continuar", en: "I have kept them, continue", pt: "Já os guardei, continuar")
        }
    }
}
