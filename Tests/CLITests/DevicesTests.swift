import Foundation
import Testing

/// On whatever machine: what real devices give is looked at in Tests/Live.
struct DevicesTests {
    @Test func theListIsTextOrJSON() throws {
        let json = try MatteTool.run(["devices", "--json"])
        #expect(json.status == 0, "\(json.errors)")
        let list = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let devices = try #require(list["devices"] as? [[String: Any]])
        let text = try MatteTool.run(["devices"])
        #expect(text.status == 0)
        if devices.isEmpty { #expect(text.output == "no cameras\n") }
        for device in devices { #expect(text.output.contains(try #require(device["path"] as? String))) }
    }
}
