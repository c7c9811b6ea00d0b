using System.Text.Json;

namespace Interven.Contracts.Audit;

/// <summary>What somebody, or the system, did to the tenant.</summary>
/// <param name="Id">Counts up over the installation; not without gaps within a tenant.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">One of the fixed vocabulary, <c>noun.verb</c>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Before">As it was, never with a secret; null where there was nothing.</param>
/// <param name="After">As it is, never with a secret; null where nothing is left.</param>
/// <param name="Result"><c>ok</c>, or the reason code of a refusal.</param>
/// <param name="ActorName">Who that is for people: an e-mail address, a service account's name; null for what has none.</param>
/// <param name="TargetName">The same of a target that is a person or a service account.</param>
public sealed record AuditEntry(
    long Id, DateTimeOffset Time, Actor Actor, string Action, string Target, JsonElement? Before, JsonElement? After, string Result,
    string? ActorName = null, string? TargetName = null);

/// <summary>One word of the audit log's vocabulary.</summary>
public sealed record AuditAction(string Action, string Meaning);
