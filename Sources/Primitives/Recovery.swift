/// How a row of a database was found that is not there any more, and how sure that is.
///
/// A deleted row stays in its file until something else is written over it. When it was deleted is recorded nowhere.
public struct Recovery: Sendable, Hashable {
    /// Where the row was found.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// A piece of a page that a deleted row left free, in the page's own list of such pieces.
        case freeBlock = "free-block"
        /// The space of a page between its pointers and its rows.
        case unallocatedSpace = "unallocated-space"
        /// A page in the database's list of free pages.
        case freePage = "free-page"
        /// A page that nothing refers to and no list has.
        case unreferencedPage = "unreferenced-page"
        /// A page of the table that is damaged, or below one that is.
        case damagedPage = "damaged-page"
        /// A page of the database file that the write-ahead log has replaced.
        case supersededPage = "superseded-page"
        /// An earlier version of a page in the write-ahead log.
        case supersededFrame = "superseded-log-frame"
        /// A version in the write-ahead log that was never committed.
        case uncommittedFrame = "uncommitted-log-frame"
        /// A version that is left in the write-ahead log from before it was begun anew.
        case earlierFrame = "earlier-log-frame"

        /// The origin in words, behind "from".
        public var words: String {
            switch self {
            case .freeBlock: "a freed piece of a page"
            case .unallocatedSpace: "unallocated space of a page"
            case .freePage: "a free page"
            case .unreferencedPage: "a page that nothing refers to"
            case .damagedPage: "a damaged part of the table"
            case .supersededPage: "a page that the write-ahead log replaced"
            case .supersededFrame: "an earlier version in the write-ahead log"
            case .uncommittedFrame: "a version in the write-ahead log that was not committed"
            case .earlierFrame: "an earlier use of the write-ahead log"
            }
        }
    }

    /// How sure it is that a row of this table read like this.
    public enum Certainty: String, Sendable, Hashable, Comparable, CaseIterable {
        /// Parts are missing or guessed, or another table could have held the same row.
        case possible
        /// A part of the row's head was overwritten and follows from the rest.
        case likely
        /// The row is whole, and fits the columns of the table.
        case certain

        private var rank: Int {
            switch self {
            case .possible: 0
            case .likely: 1
            case .certain: 2
            }
        }

        public static func < (left: Certainty, right: Certainty) -> Bool { left.rank < right.rank }
    }

    /// The number of the row, unless it was overwritten.
    public var row: Int64?
    /// Where the row was found.
    public var origin: Origin
    /// How sure it is.
    public var certainty: Certainty
    /// The page of the database, counted from 1.
    public var page: Int
    /// Distance in bytes from the start of the database file, or of the write-ahead log if there is a frame.
    public var offset: Int
    /// The frame of the write-ahead log, counted from 1.
    public var frame: Int?
    /// Whether a row of the same number is still there, with other content.
    public var isEarlierVersion: Bool

    /// Joins the parts.
    public init(
        row: Int64?, origin: Origin, certainty: Certainty, page: Int, offset: Int, frame: Int? = nil,
        isEarlierVersion: Bool = false
    ) {
        self.row = row
        self.origin = origin
        self.certainty = certainty
        self.page = page
        self.offset = offset
        self.frame = frame
        self.isEarlierVersion = isEarlierVersion
    }
}
