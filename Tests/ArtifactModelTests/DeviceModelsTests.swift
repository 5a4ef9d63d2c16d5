import ArtifactModel
import Testing

struct DeviceModelsTests {
    @Test(arguments: [
        ("iPhone12,1", "iPhone 11"), ("iPhone10,6", "iPhone X"), ("iPad13,11", "iPad Pro (12.9-inch, 5th generation)"),
        ("iPod9,1", "iPod touch (7th generation)"), ("iPhone3,3", "iPhone 4"),
    ])
    func `an identifier has the name under which the device is sold`(_ identifier: String, _ name: String) {
        #expect(DeviceModels.name(of: identifier) == name)
    }

    @Test(arguments: ["", "iPhone99,9", "iPhone12", "12,1", "iPhone12,1 "])
    func `an identifier that is not known has none`(_ identifier: String) {
        #expect(DeviceModels.name(of: identifier) == nil)
    }

    @Test func `an iPad runs iPadOS since release 13`() {
        #expect(DeviceModels.system(of: "iPad8,1", version: "12.5.7") == "iOS")
        #expect(DeviceModels.system(of: "iPad8,1", version: "13.1") == "iPadOS")
        #expect(DeviceModels.system(of: "iPhone12,1", version: "15.0") == "iOS")
        #expect(DeviceModels.system(of: "iPad8,1", version: "") == "iOS")
    }
}
