import Primitives

extension CrashReport {
    /// Reads a body of JSON; everything but the thread that failed and the images is stepped over.
    mutating func read(json bytes: [UInt8], at offset: Int) throws(ParseError) {
        var reader = JSONReader(bytes, at: offset)
        guard try reader.enterObject() else { return }
        var threads: Int?
        var extraInfo: [Image] = []
        while let key = try reader.key() {
            switch key {
            case "procName": process = try reader.string()
            case "procPath": path = try reader.string()
            case "pid": processIdentifier = try reader.integer()
            case "parentProc": parent = try reader.string()
            case "parentPid": parentIdentifier = try reader.integer()
            case "responsibleProc": responsible = try reader.string()
            case "coalitionName": coalition = try reader.string()
            case "userID": userIdentifier = try reader.integer()
            case "captureTime": captured = try reader.string().flatMap { Self.moment($0) }
            case "date":
                let date = try reader.string().flatMap { Self.moment($0) }
                captured = captured ?? date
            case "procLaunch": launched = try reader.string().flatMap { Self.moment($0) }
            case "build": osVersion = try reader.string()
            case "osVersion": osVersion = try Self.release(reader.value())
            case "modelCode", "product": hardware = try reader.string()
            case "incident": incident = try reader.string()
            case "roots_installed": hasRootsInstalled = try reader.integer().map { $0 != 0 }
            case "codeSigningID": signingIdentifier = try reader.string()
            case "codeSigningTeamID": teamIdentifier = try reader.string()
            case "panicString", "macOSPanicString":
                let message = try reader.string()
                panic = panic ?? message
            case "bundleInfo":
                let bundle = try reader.value()
                bundleIdentifier = bundle["CFBundleIdentifier"]?.text
                version = bundle["CFBundleShortVersionString"]?.text ?? bundle["CFBundleVersion"]?.text
            case "exception":
                let exception = try reader.value()
                exceptionType = exception["type"]?.text
                signal = exception["signal"]?.text
                exceptionSubtype = exception["subtype"]?.text ?? exception["message"]?.text
                exceptionCodes = exception["codes"]?.text
            case "termination":
                let termination = try reader.value()
                terminationNamespace = termination["namespace"]?.text
                terminationCode = termination["code"]?.text ?? termination["code"]?.integer.map { "\($0)" }
                let reasons = termination["reasons"]?.list?.compactMap(\.text) ?? []
                terminationReason = termination["indicator"]?.text ?? reasons.first
                terminatedBy = termination["byProc"]?.text
            case "asi":
                // Lists of texts under the names of libraries.
                for member in try reader.value().members {
                    messages += member.value.list?.compactMap(\.text) ?? member.value.text.map { [$0] } ?? []
                }
            case "faultingThread": faultingThread = try reader.integer()
            case "threads":
                // Read when it is known which one failed, and what the images are called.
                threads = reader.offset
                try reader.skip()
            case "usedImages": images = try Self.images(&reader)
            case "legacyInfo":
                let extra = try reader.value()["imageExtraInfo"]?.list ?? []
                extraInfo = extra.map { Image(name: $0["name"]?.text, path: $0["path"]?.text, uuid: nil) }
            default: try reader.skip()
            }
        }
        for (index, extra) in extraInfo.enumerated() where index < images.count && images[index].path == nil {
            images[index].name = extra.name
            images[index].path = extra.path
        }
        if let threads { try readThread(bytes, at: threads) }
    }

    /// A release from `{"train":"iPhone OS 17.1.2","build":"21B101"}`, or from text.
    private static func release(_ value: JSONValue) -> String? {
        if let text = value.text { return text }
        guard let train = value["train"]?.text else { return nil }
        return value["build"]?.text.map { "\(train) (\($0))" } ?? train
    }

    /// The images: objects, or lists of UUID, address and kind in the first releases of the form.
    private static func images(_ reader: inout JSONReader) throws(ParseError) -> [Image] {
        var images: [Image] = []
        guard try reader.enterArray() else { return [] }
        while try reader.element() {
            guard images.count < imageLimit else { continue }
            var image = Image()
            if try reader.enterObject() {
                while let key = try reader.key() {
                    switch key {
                    case "name": image.name = try reader.string()
                    case "path": image.path = try reader.string()
                    case "uuid": image.uuid = try reader.string()
                    default: try reader.skip()
                    }
                }
            } else if case .list(let values) = try reader.value() {
                image.uuid = values.first?.text
            }
            images.append(image)
        }
        return images
    }

    /// Reads the frames of the thread that failed: the one with that number, or else the one that is marked.
    private mutating func readThread(_ bytes: [UInt8], at offset: Int) throws(ParseError) {
        var reader = JSONReader(bytes, at: offset)
        guard try reader.enterArray() else { return }
        var index: Int64 = 0
        while try reader.element() {
            defer { index += 1 }
            if let faultingThread, index != faultingThread { continue }
            guard try reader.enterObject() else { continue }
            var isTriggered = false
            var found: [String] = []
            while let key = try reader.key() {
                switch key {
                case "triggered": isTriggered = try reader.truth() ?? false
                case "frames": found = try frames(&reader)
                default: try reader.skip()
                }
            }
            if faultingThread == index || isTriggered {
                faultingThread = index
                frames = found
                return
            }
        }
    }

    private func frames(_ reader: inout JSONReader) throws(ParseError) -> [String] {
        var found: [String] = []
        guard try reader.enterArray() else { return [] }
        while try reader.element() {
            guard found.count < Self.frameLimit, try reader.enterObject() else { continue }
            var image: Int64?
            var symbol: String?
            var distance: Int64?
            while let key = try reader.key() {
                switch key {
                case "imageIndex": image = try reader.integer()
                case "symbol": symbol = try reader.string()
                case "imageOffset": distance = try reader.integer()
                default: try reader.skip()
                }
            }
            let index = image.flatMap { Int(exactly: $0) }.flatMap { images.indices.contains($0) ? $0 : nil }
            let name = index.flatMap { images[$0].name ?? images[$0].uuid } ?? "???"
            found.append(symbol.map { name + " " + $0 } ?? distance.map { name + " + \($0)" } ?? name)
        }
        return found
    }
}
