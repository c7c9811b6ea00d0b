using System.ComponentModel.DataAnnotations;

namespace Interven.Contracts.Sinks;

/// <summary>Asks for a SIEM sink: records are pushed to it as they are committed.</summary>
/// <param name="Type"><c>hec</c> (Splunk), <c>datadog</c> or <c>webhook</c>.</param>
/// <param name="Url">Where to, https: for <c>hec</c> the whole path, such as <c>https://splunk.example:8088/services/collector/event</c>.</param>
/// <param name="Token">The HEC token, the Datadog API key, or the webhook's signing secret. Kept sealed, never shown again.</param>
/// <param name="Name">1 to 100 characters; default: the host.</param>
/// <param name="Format">Of a <c>webhook</c>: <c>json</c> (default), <c>ndjson</c>, <c>ocsf</c> or <c>cef</c>. The others have their own.</param>
/// <param name="Events">Decisions to push; empty or absent pushes all.</param>
public sealed record CreateSinkRequest(
    [property: Required] string? Type, [property: Required] string? Url, [property: Required] string? Token, string? Name = null, string? Format = null, IReadOnlyList<string>? Events = null);

/// <summary>Changes a sink; absent members stay as they are.</summary>
public sealed record PatchSinkRequest(string? Url = null, string? Token = null, IReadOnlyList<string>? Events = null);

/// <summary>A SIEM sink and how far it is.</summary>
/// <param name="Host">Host of its URL; the whole URL may hold a secret.</param>
/// <param name="State"><c>active</c>, or <c>paused</c> because the receiver refuses what comes.</param>
/// <param name="Reason">Why it is paused, or why the last try failed; empty when all is well.</param>
/// <param name="DeliveredSeq">Number of the last record that was delivered.</param>
/// <param name="LagRecords">Records that wait.</param>
/// <param name="LagSeconds">Age of the oldest that waits; 0 for none.</param>
/// <param name="Delivered">Records delivered since it was made.</param>
public sealed record Sink(
    Guid SinkId, string Name, string Type, string Host, string Format, IReadOnlyList<string> Events, string State, string Reason, long DeliveredSeq,
    long LagRecords, long LagSeconds, long Delivered, DateTimeOffset CreatedAt);
