import Primitives

/// The way that a message or a file went: the words of the field `direction` throughout the house.
enum MessageDirection: String {
    /// It came to the device.
    case received
    /// It left the device, or was written on another device of the same account.
    case sent

    /// Decodes `is_from_me` and its kin: 1 is sent, 0 is received, everything else is not known.
    init?(isOutgoing stored: Int64?) {
        switch stored {
        case 0: self = .received
        case 1: self = .sent
        default: return nil
        }
    }
}
