import Locale
import Sandbox
import Spreadsheets
import Time

extension Currency: WireName {}

extension Day: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        let number = try reader.read(Int.self)
        // Years -767 to 4707, within which day arithmetic is safe.
        guard number.magnitude < 1_000_000 else { throw WireError() }
        self.init(number: Int32(number))
    }

    package func write(to writer: inout WireWriter) { writer.write(Int(number)) }
}

extension ReadBankStatement {
    package init(from reader: inout WireReader) throws(WireError) {
        file = try reader.read()
        currency = try reader.read()
        mappings = try reader.read()
        dayOrder = try reader.read()
        decimalMark = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(file)
        writer.write(currency)
        writer.write(mappings)
        writer.write(dayOrder)
        writer.write(decimalMark)
    }
}

extension StatementMapping {
    package init(from reader: inout WireReader) throws(WireError) {
        columns = try reader.read()
        dayOrder = try reader.read()
        decimalMark = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(columns)
        writer.write(dayOrder)
        writer.write(decimalMark)
    }
}

extension StatementMapping.Column {
    package init(from reader: inout WireReader) throws(WireError) {
        index = try reader.read()
        title = try reader.read()
        role = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(index)
        writer.write(title)
        writer.write(role)
    }
}

extension StatementFile {
    package init(from reader: inout WireReader) throws(WireError) {
        format = try reader.read()
        statements = try reader.read()
        faults = try reader.read()
        asides = try reader.read()
        isCut = try reader.read()
        reading = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(format)
        writer.write(statements)
        writer.write(faults)
        writer.write(asides)
        writer.write(isCut)
        writer.write(reading)
    }
}

extension TableReading {
    package init(from reader: inout WireReader) throws(WireError) {
        source = try reader.read()
        mapping = try reader.read()
        confidence = try reader.read()
        doubts = try reader.read()
        sheet = try reader.read()
        titleLine = try reader.read()
        titles = try reader.read()
        samples = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(source)
        writer.write(mapping)
        writer.write(confidence)
        writer.write(doubts)
        writer.write(sheet)
        writer.write(titleLine)
        writer.write(titles)
        writer.write(samples)
    }
}

extension LineFault {
    package init(from reader: inout WireReader) throws(WireError) {
        line = try reader.read()
        reason = try reader.read()
        text = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(line)
        writer.write(reason)
        writer.write(text)
    }
}

extension BankStatement {
    package init(from reader: inout WireReader) throws(WireError) {
        account = try reader.read()
        currency = try reader.read()
        opening = try reader.read()
        closing = try reader.read()
        lines = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(account)
        writer.write(currency)
        writer.write(opening)
        writer.write(closing)
        writer.write(lines)
    }
}

extension BankStatement.Balance {
    package init(from reader: inout WireReader) throws(WireError) {
        day = try reader.read()
        minor = Int64(try reader.read(Int.self))
    }

    package func write(to writer: inout WireWriter) {
        writer.write(day)
        writer.write(Int(minor))
    }
}

extension StatementLine {
    package init(from reader: inout WireReader) throws(WireError) {
        line = try reader.read()
        day = try reader.read()
        minor = Int64(try reader.read(Int.self))
        description = try reader.read()
        reference = try reader.read()
        payer = try reader.read()
        payerAccount = try reader.read()
        bankID = try reader.read()
        balance = try reader.read(Int?.self).map(Int64.init)
        isReversal = try reader.read()
        ordinal = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(line)
        writer.write(day)
        writer.write(Int(minor))
        writer.write(description)
        writer.write(reference)
        writer.write(payer)
        writer.write(payerAccount)
        writer.write(bankID)
        writer.write(balance.map(Int.init))
        writer.write(isReversal)
        writer.write(ordinal)
    }
}
