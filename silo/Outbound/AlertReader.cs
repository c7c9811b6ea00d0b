using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Alerts;
using Interven.Engine.Approvals;
using Interven.Engine.Evidence;
using Interven.Grains.Approvals;
using Interven.Grains.People;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;
using Microsoft.Extensions.Options;

namespace Interven.Silo.Outbound;

/// <summary>Makes an alert from the rows that it is about, as they stand now: the queue itself holds no content.</summary>
sealed class AlertReader(IApprovalStore approvals, IDecisionReads records, IIncidentStore incidents, ITenantStore tenants, IVault vault, PeopleNames names, SeparateDuties duties, IOptions<PublicAddress> address)
{
    /// <summary>Null where what it is about is gone.</summary>
    public async ValueTask<(Alert Alert, AlertTopic Topic)?> Read(OutboxRow row) => row.Kind switch
    {
        OutboxKinds.ApprovalCard or OutboxKinds.CardUpdate when Guid.TryParse(row.Subject, out var id) =>
            await Approval(row.Tenant, new(id)) is { } approval ? (approval, approval.Call.TopicOf(AlertEvents.RequireApproval)) : null,
        OutboxKinds.DecisionAlert when Guid.TryParse(row.Subject, out var trace) => await Decided(row.Tenant, new(trace)),
        OutboxKinds.IncidentAlert => await Incident(row),
        _ => null,
    };

    /// <summary>An approval as it stands; null where there is none.</summary>
    public async ValueTask<Alert.Approval?> Approval(TenantId tenant, ApprovalId id)
    {
        if (await approvals.Find(tenant, id) is not { } row || await Call(tenant, row.Opening.Trace) is not { } call)
            return null;
        // Another body than the proposed one is on its way to be approved: that is seen in the console only.
        call = row.SealedEdit is null ? call : call with { BodyIsShown = false };
        if (row.Opening.SealedView.Length > 0
            && ReviewView.Read((await vault.For(tenant)).Open(row.Opening.SealedView, id.ToString(), ReviewView.Field)) is { } view)
            call = call with { Url = view.Record.Url, UrlIsShown = view.UrlIsWhole };
        var votes = ApprovalCase.ReadVotes(row.VotesJson);
        var shown = new List<Contracts.Approvals.ApprovalVote>(votes.Count);
        foreach (var vote in votes)
            shown.Add(vote with { By = await names.Of(tenant, vote.By) });
        return new(await NameOf(tenant), $"{address.Value.Url}/approvals/{id}", call, new(
            id.Value, row.Opening.Sentence, Convert.ToHexStringLower(row.Opening.Signature), row.ExpiresAt, row.State, ApprovalRules.ReasonOf(row.State, votes),
            ApprovalCase.RequiredSoFar(row.State, row.Opening.Required, votes), shown,
            row.DecidedBy is null ? null : await names.Of(tenant, row.DecidedBy), row.DecidedAt, row.Opening.EscalateTo,
            row.State != ApprovalState.Pending || await AreSeparate(tenant)));
    }

    /// <summary>A tenant whose policies cannot be read must not keep its cards back.</summary>
    async ValueTask<bool> AreSeparate(TenantId tenant)
    {
        try
        {
            return await duties.Hold(tenant);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public async ValueTask<Alert.Summary> Summary(TenantId tenant, AlertEvents what, int count) =>
        new(await NameOf(tenant), $"{address.Value.Url}/{(what == AlertEvents.RequireApproval ? "approvals" : "activity")}", what, count);

    public async ValueTask<Alert.Test> Test(TenantId tenant, string channelName) => new(await NameOf(tenant), $"{address.Value.Url}/alerts", channelName);

    async ValueTask<(Alert, AlertTopic)?> Decided(TenantId tenant, TraceId trace)
    {
        if (await Call(tenant, trace) is not { } call)
            return null;
        var what = call.Decision == Decision.Sanitize ? AlertEvents.Sanitize : AlertEvents.Deny;
        return (new Alert.Decided(await NameOf(tenant), $"{address.Value.Url}/activity/{trace}", call), call.TopicOf(what));
    }

    /// <summary>Its tool and environment are those of the record that opened it; empty where that is gone.</summary>
    async ValueTask<(Alert, AlertTopic)?> Incident(OutboxRow row)
    {
        using var json = JsonDocument.Parse(row.Payload);
        string Text(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var severity = Words.TryParseBand(Text("severity"), out var band) ? band : RiskBand.Critical;
        var call = Guid.TryParse(Text("trace_id"), out var trace) ? await Call(row.Tenant, new(trace)) : null;
        var status = Guid.TryParse(row.Subject, out var id) ? (await incidents.Find(row.Tenant, id))?.Status.ToString().ToLowerInvariant() : null;
        var facts = new IncidentFacts(row.Subject, Text("title"), severity, status ?? "", Text("agent_id"), call?.Tool ?? "", call?.Env ?? "");
        return (new Alert.Incident(await NameOf(row.Tenant), $"{address.Value.Url}/incidents/{row.Subject}", facts),
            new(AlertEvents.Incident, severity, facts.Tool, facts.AgentId, facts.Env));
    }

    async ValueTask<CallFacts?> Call(TenantId tenant, TraceId trace)
    {
        if (await records.Find(tenant, trace) is not { } stored || RecordReader.Read(stored.Row.Canonical) is not { } record)
            return null;
        var body = stored.Row.SealedBody.Length > 0 ? (await vault.For(tenant)).Open(stored.Row.SealedBody, trace.ToString(), "body_redacted") : [];
        return CallFacts.Of(record, body);
    }

    async ValueTask<string> NameOf(TenantId tenant) => (await tenants.Find(tenant))?.Name ?? "";
}
