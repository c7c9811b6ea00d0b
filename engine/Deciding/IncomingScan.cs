using Interven.Engine.Reading;

namespace Interven.Engine.Deciding;

/// <summary>A scan request that is sound in itself. It owns the document it was read from.</summary>
public sealed class IncomingScan(JsonTree tree) : IDisposable
{
    public JsonTree Tree { get; } = tree;

    public string Method { get; init; } = "";
    public string Url { get; init; } = "";

    /// <summary>Node of the body; -1 where there is none.</summary>
    public int Body { get; init; } = -1;

    /// <summary>Node of the headers object; -1 where there is none.</summary>
    public int Headers { get; init; } = -1;

    /// <summary>Node of the conversation context; -1 where there is none.</summary>
    public int Context { get; init; } = -1;

    public string? AgentId { get; init; }
    public string? AgentName { get; init; }
    public string? RuntimeType { get; init; }
    public string? ToolName { get; init; }
    public string? Operation { get; init; }
    public string? Env { get; init; }

    /// <summary>0 to 110,000 ms.</summary>
    public int WaitMs { get; init; }

    /// <summary>The body's JSON as sent; empty where there is none.</summary>
    public ReadOnlySpan<byte> RawBody => Body < 0 ? [] : Tree.RawValue(Body);

    public void Dispose() => Tree.Dispose();
}

/// <summary>A request, or all that is wrong with it.</summary>
/// <param name="Scan">Null where there are problems.</param>
/// <param name="Problems">Each with the field's path; empty where the request is sound.</param>
public readonly record struct ScanReading(IncomingScan? Scan, IReadOnlyList<JsonProblem> Problems);
