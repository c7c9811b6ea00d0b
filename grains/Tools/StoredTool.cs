using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts.Errors;
using Interven.Contracts.Tools;
using Interven.Engine.Normalising.Catalogue;
using Interven.Grains.Ports;

namespace Interven.Grains.Tools;

/// <summary>A tool's document.</summary>
sealed record StoredTool(string Name, string Title, IReadOnlyList<string> Hosts, IReadOnlyList<ToolOperation> Operations)
{
    public const string DocumentKind = "tool";
    const string Custom = "custom";
    const int MostHosts = 100, LongestText = 300;

    public static StoredTool Of(TenantDocument document) =>
        JsonSerializer.Deserialize(document.Document.Json, ToolJson.Default.StoredTool) ?? throw new InvalidOperationException("A stored tool cannot be read.");

    public static StoredTool Of(ToolRequest request) => new(request.Name ?? "", request.Title ?? request.Name ?? "", request.Hosts ?? [], request.Operations ?? []);

    public string ToJson() => JsonSerializer.Serialize(this, ToolJson.Default.StoredTool);

    public CatalogueTool ToCatalogue() => new(Name, Title, Custom)
    {
        Hosts = Hosts,
        Operations = [.. Operations.Select(operation => new CatalogueOperation(operation.Name!, Words.TryParseVerb(operation.Verb, out var verb) ? verb : Verb.Admin, operation.Category ?? Custom)
        {
            Routes = operation.Routes ?? [],
            Names = operation.Names ?? [],
        })],
    };

    /// <summary>What must hold before the engine can look at it.</summary>
    public static void Check(ToolRequest request, List<FieldError> problems)
    {
        if (request.Title?.Length > 100)
            problems.Add(new("$.title", "At most 100 characters."));
        CheckTexts(request.Hosts, "$.hosts", MostHosts, problems);
        for (var i = 0; i < request.Operations?.Count; i++)
        {
            var at = $"$.operations[{i}]";
            if (request.Operations[i] is not { } operation)
            {
                problems.Add(new(at, "An operation is required."));
                continue;
            }
            if (string.IsNullOrWhiteSpace(operation.Name) || operation.Name.Length > 100)
                problems.Add(new(at + ".name", "A name of 1 to 100 characters is required."));
            if (!Words.TryParseVerb(operation.Verb, out _))
                problems.Add(new(at + ".verb", "The verb is READ, WRITE or ADMIN."));
            if (operation.Category?.Length > 100)
                problems.Add(new(at + ".category", "At most 100 characters."));
            CheckTexts(operation.Routes, at + ".routes", MostHosts, problems);
            CheckTexts(operation.Names, at + ".names", MostHosts, problems);
        }
    }

    static void CheckTexts(IReadOnlyList<string>? texts, string path, int most, List<FieldError> problems)
    {
        if (texts?.Count > most)
            problems.Add(new(path, $"At most {most} entries."));
        for (var i = 0; i < texts?.Count && i < most; i++)
            if (texts[i] is not { Length: > 0 and <= LongestText } text || text.Any(char.IsControl))
                problems.Add(new($"{path}[{i}]", $"A text of 1 to {LongestText} characters is required."));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredTool))]
sealed partial class ToolJson : JsonSerializerContext;
