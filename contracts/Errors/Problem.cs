using System.Text.Json.Serialization;

namespace Interven.Contracts.Errors;

/// <summary>An error answer, <c>application/problem+json</c> (RFC 9457) with the stable <c>reason</c> that scripts may rely on.</summary>
/// <param name="Type">A URN that names the reason: <c>urn:interven:reason:invalid_key</c>.</param>
/// <param name="Title">Short, the same for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What went wrong this time. Never carries a value of the input.</param>
/// <param name="Reason">One of <c>GET /api/reason-codes</c>.</param>
/// <param name="TraceId">Also in the header <c>X-Interven-Trace-Id</c>.</param>
/// <param name="Errors">Validation errors, one for each field at fault.</param>
/// <param name="Outcome">How it ended, where somebody else was first: <c>approved</c>, <c>denied</c>, <c>expired</c>.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Detail, string Reason, string TraceId, IReadOnlyList<FieldError>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Outcome = null);

/// <summary>One field at fault.</summary>
/// <param name="Path">JSON path in the request body, or the parameter's name.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record FieldError(string Path, string Message);
