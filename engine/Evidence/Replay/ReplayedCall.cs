using System.Buffers;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Deciding;
using Interven.Engine.Policies;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Evidence.Replay;

/// <summary>
/// A recorded call, so that other policies can be asked about it: the kept facts, the findings' kinds, and the body as it was kept, without what was
/// found. What the facts do not tell is a doubt, never a guess.
/// </summary>
public sealed class ReplayedCall : IDisposable
{
    readonly JsonTree tree;
    readonly ScanText text;
    readonly AgentFacts? agent;

    ReplayedCall(DecisionRecord record, JsonTree tree, ScanText text, AgentFacts? agent, PolicyFacts facts, bool hidesBody) =>
        (Record, this.tree, this.text, this.agent, Facts, HidesBody) = (record, tree, text, agent, facts, hidesBody);

    public DecisionRecord Record { get; }

    public PolicyFacts Facts { get; }

    /// <summary>Something in the body is not kept, so that it may hold what a condition looks for.</summary>
    public bool HidesBody { get; }

    /// <summary>Null for records that no policy decided: releases, amendments, refusals of an outage.</summary>
    /// <param name="record">The record.</param>
    /// <param name="body">The redacted body; empty where there is none.</param>
    public static ReplayedCall? Of(DecisionRecord record, ReadOnlySpan<byte> body)
    {
        if (record.Kind != "scan" || record.Reasons.Contains(ReasonCodes.AuditUnavailable, StringComparer.Ordinal) || record.Reasons.Contains(ReasonCodes.EngineUnavailable, StringComparer.Ordinal))
            return null;
        var document = new ArrayBufferWriter<byte>(body.Length + 16);
        document.Write("{\"body\":"u8);
        document.Write(body.IsEmpty ? "null"u8 : body);
        document.Write("}"u8);
        if (JsonTree.Parse(document.WrittenMemory, out _) is not { } tree)
            return null;
        var node = body.IsEmpty ? -1 : tree.Child(0, "body");
        var text = new ScanText(body.Length + 256);
        CallText.Read(tree, node, record.Url, -1, [], text);
        var (call, agent) = ReplayFacts.Of(record);
        var findings = new FindingList();
        foreach (var found in record.Findings)
            findings.Add(new(new DataKind(found.Kind, found.Classes, 0), found.Confidence, 0, 0, 0));
        return new(record, tree, text, agent, new()
        {
            Call = call,
            Tree = tree,
            Body = node,
            Embedded = text.Embedded,
            Text = text,
            Findings = findings,
            BodyBytes = record.BodyBytes,
            AgentId = record.AgentId,
            RuntimeType = record.RuntimeType,
            Env = record.Environment,
            Agent = agent,
            RiskScore = record.RiskScore,
            Now = record.Time,
        }, record.BodyBytes > 0 && (body.IsEmpty || record.Findings.Any(found => found.Path.StartsWith('$'))));
    }

    /// <summary>What a tenant's policies and settings make of the call, before any person or grant is asked.</summary>
    public Decision Decide(TenantSnapshot tenant)
    {
        var rules = tenant.Stages.Judge(Facts);
        var threshold = RiskBands.Threshold(Record.RiskScore, agent?.Trust, tenant.Settings.Risk);
        return Precedence.Weigh(new(
            Says(ReasonCodes.AgentSuspended),
            Record.Violations.Count > 0,
            rules.Winner?.Action,
            rules.DefaultApplies ? tenant.Settings.DefaultActions.For(Facts.Call.Verb) : Decision.Allow,
            threshold.Least,
            Sanitation.Sanitises(rules) || threshold.Sanitises,
            !Says(ReasonCodes.CannotSanitize))).Decision;
    }

    /// <summary>True where the kept facts do not tell whether a rule of the draft would have taken the call and been stricter than <paramref name="decided"/>.</summary>
    public bool LeavesDoubt(PolicySet draft, PolicyDocument document, Decision decided)
    {
        foreach (var rule in draft.Explain(Facts))
            if (rule.Mode == PolicyMode.Enforce && IsDoubtful(rule)
                && document.Rules.Any(one => one.RuleId == rule.RuleId && one.Action.Decision() > decided))
                return true;
        return false;
    }

    public void Dispose()
    {
        text.Dispose();
        tree.Dispose();
    }

    bool IsDoubtful(RuleExplanation rule) => rule.FailedOn switch
    {
        null => !rule.IsCertain && HidesBody,
        "match.principal_patterns" or "match.aws_tags" => true,
        "match.url_patterns" => Record.Url.Contains("[REDACTED]", StringComparison.Ordinal),
        "match.org_patterns" or "match.repo_patterns" or "match.channel_patterns" or "match.region_patterns" or "match.account_patterns" => Record.Findings.Count > 0,
        "condition.any_of" or "condition.none_of" => HidesBody,
        var failed => HidesBody && failed.StartsWith("condition.body_", StringComparison.Ordinal) && failed != "condition.body_size_bytes_gt",
    };

    bool Says(string reason) => Record.Reasons.Contains(reason, StringComparer.Ordinal);
}
