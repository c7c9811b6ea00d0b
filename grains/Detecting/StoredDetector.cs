using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts.Errors;
using Interven.Contracts.Settings;
using Interven.Engine.Classifying.Own;
using Interven.Engine.Risk;
using Interven.Grains.Ports;

namespace Interven.Grains.Detecting;

/// <summary>A detector's document.</summary>
sealed record StoredDetector(string DataClass, string Kind, IReadOnlyList<string> Literals, string? Regex, bool Enabled)
{
    public const string DocumentKind = "detector";

    public static StoredDetector Of(TenantDocument document) =>
        JsonSerializer.Deserialize(document.Document.Json, DetectorJson.Default.StoredDetector) ?? throw new InvalidOperationException("A stored detector cannot be read.");

    public string ToJson() => JsonSerializer.Serialize(this, DetectorJson.Default.StoredDetector);

    public DetectorRow Row(TenantDocument document) =>
        new(Guid.ParseExact(document.Document.Id, "N"), document.Document.Name, DataClass, Kind, Literals, Regex, Enabled, document.CreatedAt, document.ChangedAt);

    /// <summary>Null with the problems.</summary>
    public OwnDetector? Compile(string name, List<FieldError> problems)
    {
        var isClass = Words.TryParseDataClass(DataClass, out var dataClass);
        if (!isClass)
            problems.Add(new("$.data_class", "The class is SECRETS, PII, PCI, PHI or INTERNAL."));
        var compiled = OwnDetector.Compile(name, dataClass, Kind, Literals, Regex, out var found);
        problems.AddRange(found.Select(problem => new FieldError(problem.Path, problem.Message)));
        return isClass ? compiled : null;
    }
}

/// <summary>A threat list's document.</summary>
sealed record StoredThreatList(IReadOnlyList<string> Entries)
{
    public const string DocumentKind = "threat_list";

    public static StoredThreatList Of(TenantDocument document) =>
        JsonSerializer.Deserialize(document.Document.Json, DetectorJson.Default.StoredThreatList) ?? throw new InvalidOperationException("A stored threat list cannot be read.");

    public string ToJson() => JsonSerializer.Serialize(this, DetectorJson.Default.StoredThreatList);

    public static ThreatFeed Feed(string name, IEnumerable<string> entries) =>
        ThreatFeedReader.Read(name, ThreatFormat.Plain, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', entries)));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredDetector))]
[JsonSerializable(typeof(StoredThreatList))]
sealed partial class DetectorJson : JsonSerializerContext;
