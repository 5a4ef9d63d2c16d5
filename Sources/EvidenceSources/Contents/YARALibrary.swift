import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The functions of the libyara that is installed, looked up when somebody brings rules, so that Bridle needs none.
///
/// Source: the library's documentation of its C interface, <https://yara.readthedocs.io/en/stable/capi.html>, and the
/// headers of version 4.2 for the values.
struct YARALibrary: @unchecked Sendable {
    // Only addresses of functions; the library allows scans from any thread.

    typealias CompilerMessage =
        @convention(c) (
            Int32, UnsafePointer<CChar>?, Int32, OpaquePointer?, UnsafePointer<CChar>?, UnsafeMutableRawPointer?
        ) -> Void
    typealias ScanMessage =
        @convention(c) (OpaquePointer?, Int32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Int32

    let createCompiler: @convention(c) (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    let destroyCompiler: @convention(c) (OpaquePointer?) -> Void
    let setCallback: @convention(c) (OpaquePointer?, CompilerMessage?, UnsafeMutableRawPointer?) -> Void
    let setIncludes:
        @convention(c) (
            OpaquePointer?, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?
        ) -> Void
    let addText: @convention(c) (OpaquePointer?, UnsafePointer<CChar>, UnsafePointer<CChar>?) -> Int32
    let makeRules: @convention(c) (OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    let destroyRules: @convention(c) (OpaquePointer?) -> Int32
    let scan:
        @convention(c) (
            OpaquePointer?, UnsafePointer<UInt8>?, Int, Int32, ScanMessage?, UnsafeMutableRawPointer?, Int32
        ) -> Int32
    /// Where a rule's structure has the pointer to its name, in bytes.
    let nameOffset: Int

    /// The names under which versions 4.0 to 4.5 are installed, and where their rules have their names.
    private static let names: [(String, nameOffset: Int)] = [
        ("libyara.so.9", 8), ("libyara.so.10", 16), ("libyara.so.8", 8), ("libyara.10.dylib", 16),
        ("libyara.9.dylib", 8),
    ]

    /// The library, loaded once; nothing if none is installed.
    static let shared: YARALibrary? = load()

    private static func load() -> YARALibrary? {
        for (name, nameOffset) in names {
            guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
            func function<Function>(_ symbol: String, _ type: Function.Type) -> Function? {
                dlsym(handle, symbol).map { unsafeBitCast($0, to: type) }
            }
            guard
                let initialise = function("yr_initialize", (@convention(c) () -> Int32).self),
                let createCompiler = function("yr_compiler_create", typeOfField(\YARALibrary.createCompiler)),
                let destroyCompiler = function("yr_compiler_destroy", typeOfField(\YARALibrary.destroyCompiler)),
                let setCallback = function("yr_compiler_set_callback", typeOfField(\YARALibrary.setCallback)),
                let setIncludes = function("yr_compiler_set_include_callback", typeOfField(\YARALibrary.setIncludes)),
                let addText = function("yr_compiler_add_string", typeOfField(\YARALibrary.addText)),
                let makeRules = function("yr_compiler_get_rules", typeOfField(\YARALibrary.makeRules)),
                let destroyRules = function("yr_rules_destroy", typeOfField(\YARALibrary.destroyRules)),
                let scan = function("yr_rules_scan_mem", typeOfField(\YARALibrary.scan)),
                initialise() == 0
            else {
                dlclose(handle)
                continue
            }
            return YARALibrary(
                createCompiler: createCompiler, destroyCompiler: destroyCompiler, setCallback: setCallback,
                setIncludes: setIncludes, addText: addText, makeRules: makeRules, destroyRules: destroyRules,
                scan: scan, nameOffset: nameOffset)
        }
        return nil
    }

    private static func typeOfField<Function>(_ path: KeyPath<YARALibrary, Function>) -> Function.Type { Function.self }
}
