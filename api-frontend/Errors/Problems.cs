using Interven.ApiFrontend.Identity;
using Interven.Contracts;
using Interven.Contracts.Errors;
using Interven.GrainInterfaces;

namespace Interven.ApiFrontend.Errors;

/// <summary>Writes error answers: problem+json (RFC 9457) with a stable reason.</summary>
static class Problems
{
    const string Reason = "urn:interven:reason:";

    public static Task Write(HttpContext http, Refusal refusal)
    {
        if (refusal.Status == 401 && http.RequestServices.GetRequiredService<FailedCallers>().Failed(http) is { } wait)
            refusal = wait;
        var problem = new Problem(
            Reason + refusal.Reason.ToLowerInvariant(), TitleOf(refusal.Status), refusal.Status, refusal.Detail, refusal.Reason,
            Http.TraceIds.Of(http).ToString(), refusal.Errors, refusal.Outcome);
        http.Response.StatusCode = refusal.Status;
        if (refusal.RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return http.Response.WriteAsJsonAsync(problem, ContractJson.Default.Problem, "application/problem+json");
    }

    public static Task Write(HttpContext http, int status, string reason, string detail) => Write(http, new Refusal(status, reason, detail));

    public static Refusal Invalid(string path, string message) =>
        new(400, ReasonCodes.InvalidRequest, message, [new(path, message)]);

    static string TitleOf(int status) => status switch
    {
        400 => "The request is malformed",
        401 => "Not authenticated",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        408 => "Too slow",
        409 => "Conflict",
        413 => "Too large",
        415 => "Wrong content type",
        422 => "Refused",
        423 => "Locked",
        429 => "Too many requests",
        500 => "A fault in Interven",
        503 => "Not available",
        _ => "Error",
    };
}
