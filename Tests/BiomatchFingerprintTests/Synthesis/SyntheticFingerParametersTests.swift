import BiomatchCore
import BiomatchFingerprint
import Testing

@Suite("Parameters of synthetic fingers")
struct SyntheticFingerParametersTests {
  @Test("the standard ones are in range")
  func standard() throws {
    try SyntheticFingerParameters.standard.validate()
  }

  @Test("what is out of range is named", arguments: [Double.nan, .infinity, -1])
  func range(value: Double) {
    let fields: [(String, WritableKeyPath<SyntheticFingerParameters, Double>)] = [
      ("meanMinutiae", \.meanMinutiae), ("missed", \.missed), ("contactWidth", \.contactWidth),
      ("densityDeviation", \.densityDeviation), ("divergenceLimit", \.divergenceLimit),
    ]
    for (name, path) in fields {
      var parameters = SyntheticFingerParameters.standard
      parameters[keyPath: path] = value
      #expect(throws: SyntheticFingerParametersError.self) { try parameters.validate() }
      do { try parameters.validate() } catch { #expect(error.location.field == name) }
    }
  }

  @Test("a person without fingers is refused")
  func positions() {
    var parameters = SyntheticFingerParameters.standard
    parameters.positions = []
    #expect(throws: SyntheticFingerParametersError.noPositions) { try parameters.validate() }
  }

  @Test("the extremes of every range make templates")
  func extremes() {
    for isHigh in [false, true] {
      var parameters = SyntheticFingerParameters.standard
      let bound = isHigh ? 1.0 : 0
      parameters.densityDeviation = bound
      parameters.sizeDeviation = bound
      parameters.contactDeviation = bound
      parameters.conditionEffect = bound
      parameters.fingerCondition = 2 * bound
      parameters.impressionCondition = 2 * bound
      parameters.careless = bound
      parameters.carelessCondition = 10 * bound
      parameters.meanMinutiae = isHigh ? 100 : 1
      parameters.strayMinutiae = 100 * bound
      parameters.minimumSpacing = 100 * bound
      parameters.divergenceShare = 10_000 * bound
      let fingers = SyntheticFingers(seed: 1, parameters: parameters)
      for index in 0..<30 {
        let template = fingers.impression(0, of: fingers.finger(index))
        #expect(template.minutiae.count <= FingerprintTemplate.capacity)
      }
    }
  }
}
