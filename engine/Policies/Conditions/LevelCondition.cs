using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies.Conditions;

/// <summary><c>body_size_bytes_gt</c>: the body as sent is longer.</summary>
public sealed record BodySizeCondition(int Bytes) : Condition("body_size_bytes_gt")
{
    internal override Truth Judge(ref Inquiry inquiry) => Truths.Of(inquiry.Facts.BodyBytes > Bytes);

    internal override void WriteTo(Utf8JsonWriter json) => json.WriteNumber(Key, Bytes);
}

/// <summary><c>risk_score_gt</c>: the call's risk score is above the level, 0 to 1.</summary>
public sealed record RiskScoreCondition(double Level) : Condition("risk_score_gt")
{
    internal override Truth Judge(ref Inquiry inquiry) =>
        double.IsNaN(inquiry.Facts.RiskScore) ? Truth.Unknown : Truths.Of(inquiry.Facts.RiskScore > Level);

    internal override void WriteTo(Utf8JsonWriter json) => json.WriteNumber(Key, Level);
}

/// <summary><c>trust_score_lt</c>: the agent's trust is below the level, 0 to 1.</summary>
public sealed record TrustScoreCondition(double Level) : Condition("trust_score_lt")
{
    internal override string? ReasonCode => ReasonCodes.LowTrust;

    internal override Truth Judge(ref Inquiry inquiry) =>
        inquiry.Facts.Agent is not { } agent || double.IsNaN(agent.Trust) ? Truth.Unknown : Truths.Of(agent.Trust < Level);

    internal override void WriteTo(Utf8JsonWriter json) => json.WriteNumber(Key, Level);
}
