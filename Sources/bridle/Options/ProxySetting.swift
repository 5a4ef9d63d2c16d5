import Foundation
import IndicatorStore
import LinkResolution
import Primitives

/// The proxy that a person named: on the command line, in `BRIDLE_PROXY`, or in the configuration; the first that is
/// there.
enum ProxySetting {
    static func chosen(_ given: String?, _ settings: Settings) throws(Failure) -> WebProxy? {
        let variable = ProcessInfo.processInfo.environment["BRIDLE_PROXY"].flatMap { $0.isEmpty ? nil : $0 }
        guard let text = given ?? variable ?? settings.configuration.proxy else { return nil }
        guard let proxy = WebProxy(text) else {
            throw Failure(.usage, "A proxy is given as http://HOST:PORT or socks5h://HOST:PORT.")
        }
        return proxy
    }
}
