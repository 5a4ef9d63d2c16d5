import ArtifactModel
import FileFormats
import Primitives

/// The people of the address book, one record a person with every address and number that belongs to it.
///
/// Times are seconds since 2001-01-01T00:00:00Z in `CreationDate` and `ModificationDate`; zero means not set.
///
/// Losses: people of accounts that are asked over the network only, and people who were deleted, are not listed.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/addressBook.py>
enum AddressBook: Artifact {
    struct Entry: Record {
        var person: Int64?
        var isFound = true
        var created: Timestamp?
        var modified: Timestamp?
        var first: String?
        var middle: String?
        var last: String?
        var nickname: String?
        var displayName: String?
        var organisation: String?
        var department: String?
        var jobTitle: String?
        var remark: String?
        var birthday: String?
        var kind: Int64?
        var store: String?
        var guid: String?
        var values = AddressBookValues.Values()

        static let fields: [Field<Self>] = [
            Field("person_row", integer: { $0.person }, "ABPerson.ROWID"),
            Field("person_found", truth: { $0.isFound }, "whether the values belong to a row of ABPerson"),
            Field("created", "A contact was created", moment: { $0.created }, "CreationDate"),
            Field("modified", "A contact was last changed", moment: { $0.modified }, "ModificationDate"),
            Field("given_name", .content, text: { $0.first }, "First"),
            Field("middle_name", .content, text: { $0.middle }, "Middle"),
            Field("family_name", .content, text: { $0.last }, "Last"),
            Field("nickname", .content, text: { $0.nickname }),
            Field("display_name", .content, text: { $0.displayName }),
            Field("organisation", .content, text: { $0.organisation }),
            Field("department", .content, text: { $0.department }),
            Field("job_title", .content, text: { $0.jobTitle }),
            Field(
                "phone_numbers", .observable(Observable(.phoneNumber, .mentioned, .contact)),
                texts: { $0.values.phoneNumbers },
                shown: true,
                "property 3, as typed"),
            Field(
                "email_addresses", .observable(Observable(.emailAddress, .mentioned, .contact)),
                texts: { $0.values.emails },
                shown: true,
                "property 4"),
            Field(
                "accounts", .observable(Observable(.account, .mentioned, .contact)), texts: { $0.values.accounts },
                "names in messengers and social networks: properties 13 and 46"),
            Field("links", .observable(Observable(.url, .mentioned)), texts: { $0.values.links }, "property 22"),
            Field("postal_addresses", .content, texts: { $0.values.postalAddresses }, "property 5, the parts joined"),
            Field(
                "other_values", .content, texts: { $0.values.others }, "values of every other property, not decoded"),
            Field("remark", .content, text: { $0.remark }, "what a person wrote into the field for notes"),
            Field("birthday", .content, text: { $0.birthday }, "as stored: seconds since 2001-01-01T00:00:00Z"),
            Field("kind", integer: { $0.kind }, "0 is a person, 1 an organisation, as the public header says"),
            Field("account_store", text: { $0.store }, "ABStore.Name: the account that the person belongs to"),
            Field("guid", text: { $0.guid }),
        ]
    }

    static let card = ArtifactCard(
        "apple.contacts.address-book", "Address book",
        summary: "People in the address book with their addresses, numbers and accounts",
        places: [.home("Library/AddressBook/AddressBook.sqlitedb")],
        standing: .observed(["iOS 16"]),
        losses: [
            "People who were deleted are not listed", "Directories that are asked over the network are not stored here",
            "It does not say whether the owner of the device entered a person, or a synchronised account did",
        ],
        references: [
            Reference(
                "iLEAPP", "Address book, and public test images",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/addressBook.py"),
            Reference(
                "Apple", "ABPerson: properties and their types",
                link: "https://developer.apple.com/documentation/addressbook/abperson"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        var values = try AddressBookValues(in: database) { sink.note($0) }
        let scan = TableScan(
            "ABPerson", as: "p", joins: [.init("ABStore", as: "s", on: "ROWID", equals: "p.StoreID")],
            columns: [
                "p.CreationDate", "p.ModificationDate", "p.First", "p.Middle", "p.Last", "p.Nickname",
                "p.DisplayName", "p.Organization", "p.Department", "p.JobTitle", "p.Note", "p.Birthday", "p.Kind",
                "s.Name", "p.guid",
            ], recovering: true)
        var people: Set<Int64> = []
        try database.scan(scan, note: { sink.note($0) }) { person, row in
            var entry = Entry(person: row.number)
            if row.recovery == nil { people.insert(person) }
            entry.created = row.cocoaSeconds(0)
            entry.modified = row.cocoaSeconds(1)
            entry.first = row.text(2)
            entry.middle = row.text(3)
            entry.last = row.text(4)
            entry.nickname = row.text(5)
            entry.displayName = row.text(6)
            entry.organisation = row.text(7)
            entry.department = row.text(8)
            entry.jobTitle = row.text(9)
            entry.remark = row.text(10)
            entry.birthday = row.text(11) ?? row.real(11).map { "\($0)" }
            entry.kind = row.integer(12)
            entry.store = row.text(13)
            entry.guid = row.text(14)
            // An earlier version of a person has the values that the person has now.
            if let recovery = row.recovery {
                if !recovery.isEarlierVersion { entry.values = values.takeDeleted(of: row.number) }
            } else {
                entry.values = values.take(of: person)
            }
            try sink.emit(entry, at: row.location(person, table: "ABPerson"))
        }
        // Values outlive a row that damage took, or that somebody removed without them.
        for person in values.people {
            let found = values.take(of: person)
            try sink.emit(
                Entry(person: person, isFound: false, values: found),
                at: .row(found.firstRow ?? person, table: "ABMultiValue"))
        }
        for person in values.peopleOfDeleted {
            let found = values.takeDeleted(of: person)
            guard let recovery = found.recovery else { continue }
            try sink.emit(
                Entry(person: person, isFound: people.contains(person), values: found),
                at: .recovered(recovery, table: "ABMultiValue"))
        }
    }
}
