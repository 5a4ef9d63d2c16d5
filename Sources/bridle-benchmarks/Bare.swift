import ArgumentParser
import CSQLite
import Foundation
import SyntheticEvidence

extension Benchmarks {
    /// The least that any reader must do: step through the same tables in C, touch every column, write as many bytes.
    struct Bare: ParsableCommand {
        @Argument var backup: String
        @Option var write: String
        @Option var bytes: Int

        static let tables: [(domain: String, path: String, table: String)] = [
            ("HomeDomain", "Library/SMS/sms.db", "message"),
            ("HomeDomain", "Library/Safari/History.db", "history_visits"),
            ("HomeDomain", "Library/Safari/History.db", "history_items"),
            ("WirelessDomain", "Library/Databases/DataUsage.sqlite", "ZLIVEUSAGE"),
            ("AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "ChatStorage.sqlite", "ZWAMESSAGE"),
        ]

        func run() throws {
            var total = 0
            var rows = try Bare.step(backup + "/Manifest.db", "Files", &total)
            for table in Bare.tables {
                let identifier = BackupWriter.identifier(domain: table.domain, relativePath: table.path)
                rows += try Bare.step(backup + "/\(identifier.prefix(2))/\(identifier)", table.table, &total)
            }
            let file = open(write, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            let block = [UInt8](repeating: 0x20, count: 256 << 10)
            var left = bytes
            while left > 0 {
                let written = Foundation.write(file, block, min(left, block.count))
                guard written > 0 else { throw Measurement.Failure(description: "\(write) can't be written") }
                left -= written
            }
            close(file)
            unlink(write)
            print("\(rows) rows, \(total)")
        }

        private static func step(_ path: String, _ table: String, _ total: inout Int) throws -> Int {
            var database: OpaquePointer?
            guard
                sqlite3_open_v2("file:\(path)?immutable=1", &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
                    == SQLITE_OK
            else { throw Measurement.Failure(description: "\(path) can't be opened") }
            defer { sqlite3_close_v2(database) }
            var statement: OpaquePointer?
            guard sqlite3_prepare_v2(database, "SELECT * FROM \(table)", -1, &statement, nil) == SQLITE_OK else {
                throw Measurement.Failure(description: "\(table) can't be read")
            }
            defer { sqlite3_finalize(statement) }
            let columns = sqlite3_column_count(statement)
            var rows = 0
            while sqlite3_step(statement) == SQLITE_ROW {
                rows += 1
                for column in 0..<columns {
                    switch sqlite3_column_type(statement, column) {
                    case SQLITE_INTEGER: total &+= Int(sqlite3_column_int64(statement, column))
                    case SQLITE_FLOAT: total &+= sqlite3_column_double(statement, column) > 0 ? 1 : 0
                    case SQLITE_TEXT:
                        _ = sqlite3_column_text(statement, column)
                        total &+= Int(sqlite3_column_bytes(statement, column))
                    case SQLITE_BLOB:
                        _ = sqlite3_column_blob(statement, column)
                        total &+= Int(sqlite3_column_bytes(statement, column))
                    default: break
                    }
                }
            }
            return rows
        }
    }
}
