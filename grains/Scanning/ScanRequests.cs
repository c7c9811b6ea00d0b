using Interven.Contracts.Errors;
using Interven.Engine.Deciding;
using Interven.Engine.Reading;
using Interven.GrainInterfaces;
using Interven.Grains.Keys;

namespace Interven.Grains.Scanning;

/// <summary>Which request body an endpoint takes.</summary>
public enum RequestForm : byte { Scan, Handover }

/// <summary>A request as far as the engine can read it: a prepared scan, or the refusal.</summary>
sealed class ScanRequests : IDisposable
{
    bool disposed;

    public PreparedScan? Scan { get; private init; }
    public Refusal? Refusal { get; private init; }

    public static ScanRequests Read(byte[] body, RequestForm form, TenantSnapshot tenant, KeySnapshot key, string clientAddress) =>
        Read(body, form, tenant, CallerOf(key, clientAddress));

    public static ScanRequests Read(byte[] body, RequestForm form, TenantSnapshot tenant, Caller caller)
    {
        var reading = form == RequestForm.Scan ? ScanReader.Read(body) : HandoverReader.Read(body, tenant.Tenant);
        if (reading.Scan is not { } scan)
            return new() { Refusal = Invalid(400, reading.Problems is [var only] && HandoverReader.IsForeign(only) ? ReasonCodes.Forbidden : ReasonCodes.InvalidRequest, reading.Problems) };
        switch (Preparation.Of(scan, tenant, caller))
        {
            case PrepareReply.Prepared prepared:
                return new() { Scan = prepared.Scan };
            case PrepareReply.Refused refused:
                scan.Dispose();
                return new() { Refusal = Invalid(refused.Reason == ReasonCodes.EnvMismatch ? 403 : 400, refused.Reason, refused.Problems) };
            default:
                throw new InvalidOperationException("Unknown preparation.");
        }
    }

    public void Dispose()
    {
        if (!disposed)
            Scan?.Dispose();
        disposed = true;
    }

    static Caller CallerOf(KeySnapshot key, string clientAddress) => new()
    {
        KeyId = key.KeyId,
        KeyPrefix = (key.IsEphemeral ? KeyFormat.Ephemeral : KeyFormat.Live) + key.KeyId,
        AgentId = key.DefaultAgentId,
        Env = key.Env,
        ClientIp = clientAddress,
        Scope = key.Scope is { } scope ? new(Narrow(scope.Tools), Narrow(scope.Verbs)?.Select(Verbs).ToArray()) : null,
    };

    /// <summary>On the wire an empty list covers all.</summary>
    static IReadOnlyList<string>? Narrow(IReadOnlyList<string>? list) => list is { Count: > 0 } ? list : null;

    static Verb Verbs(string word) => Words.TryParseVerb(word, out var verb) ? verb : throw new InvalidOperationException("A stored scope cannot be read.");

    static Refusal Invalid(int status, string reason, IReadOnlyList<JsonProblem> problems) =>
        new(reason == ReasonCodes.Forbidden ? 403 : status, reason, problems[0].Message, [.. problems.Select(problem => new FieldError(problem.Path, problem.Message))]);
}
