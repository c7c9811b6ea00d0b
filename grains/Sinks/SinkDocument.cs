using System.Text.Json.Serialization;

namespace Interven.Grains.Sinks;

/// <summary>A sink as it is stored; URL and token are sealed.</summary>
sealed record SinkDocument(string Type, string Host, string Format, IReadOnlyList<string> Events, DateTimeOffset CreatedAt)
{
    public const string Kind = "sink", SealedField = "target";

    public bool Wants(Decision decision) => Events.Count == 0 || Events.Contains(decision.Word(), StringComparer.Ordinal);
}

/// <param name="Url">May hold a secret in its path.</param>
/// <param name="Token">The secret.</param>
sealed record SinkTarget(string Url, string Token);

[JsonSerializable(typeof(SinkDocument))]
[JsonSerializable(typeof(SinkTarget))]
sealed partial class SinkJson : JsonSerializerContext;
