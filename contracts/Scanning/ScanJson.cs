using System.Text.Json.Serialization;

namespace Interven.Contracts.Scanning;

/// <summary>The scan shapes as JSON: snake_case, absent instead of null. For clients, OpenAPI and tests; the gateway itself reads and writes bytes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScanRequest))]
[JsonSerializable(typeof(ScanResponse))]
[JsonSerializable(typeof(ResponseScanRequest))]
[JsonSerializable(typeof(ResponseScanAnswer))]
public sealed partial class ScanJson : JsonSerializerContext;
