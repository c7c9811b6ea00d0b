using Interven.Contracts;
using Interven.Contracts.Scanning;

namespace Interven.Client;

/// <summary>Whatever this package throws. The guarded call has not been made.</summary>
public abstract class IntervenException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>No decision could be had: the gateway is down, slow or faulty, or something else listens there.</summary>
public sealed class GatewayException(string message, Exception? inner = null) : IntervenException(message, inner);

/// <summary>The gateway refused the request itself (4xx).</summary>
/// <param name="status">HTTP status.</param>
/// <param name="reason">The problem document's stable code.</param>
/// <param name="detail">Its words.</param>
public sealed class RequestException(int status, string reason, string detail) : IntervenException($"{status} {reason}: {detail}")
{
    public int Status => status;

    public string Reason => reason;
}

/// <summary>A call must not be made.</summary>
public abstract class BlockedException(string message, ScanResponse decision) : IntervenException(message)
{
    public ScanResponse Decision => decision;

    internal static string Words(ScanResponse decision, string what)
    {
        var rule = decision.PolicyName is { } policy ? $" by rule {decision.RuleId ?? "-"} of policy '{policy}'" : "";
        return $"Interven stopped {what}{rule}: {decision.Decision.Word()} ({string.Join(", ", decision.ReasonCodes)}), trace {decision.TraceId}";
    }
}

/// <summary>By a rule, by risk, or by a reviewer.</summary>
public sealed class DeniedException(string message, ScanResponse decision) : BlockedException(message, decision);

/// <summary>Nobody decided in time.</summary>
public sealed class ApprovalExpiredException(string message, ScanResponse decision) : BlockedException(message, decision);

/// <summary>The call's arguments cannot be replaced by the sanitised ones.</summary>
public sealed class CannotSanitizeException(string message, ScanResponse decision) : BlockedException(message, decision);
