using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Incidents;

/// <summary>What alert channels are told of an incident: words and ids, nothing of a call's body.</summary>
sealed class IncidentAlerts(IOptions<PublicAddress> address)
{
    public const string Kind = "incident_alert";

    public OutboxRow Of(NewIncident incident, TraceId? trace) => new(incident.Tenant, Kind, "", incident.Incident.ToString(), JsonSerializer.Serialize(
        new IncidentAlert(incident.Incident, incident.Title, incident.Severity, incident.Trigger, incident.AgentId, incident.KeyId, trace?.Value,
            $"{address.Value.Url}/incidents/{incident.Incident}"), IncidentAlertJson.Default.IncidentAlert));
}

/// <summary>The outbox row's payload.</summary>
public sealed record IncidentAlert(
    Guid IncidentId, string Title, RiskBand Severity, string Trigger, string AgentId, string KeyId, Guid? TraceId, string Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IncidentAlert))]
public sealed partial class IncidentAlertJson : JsonSerializerContext;
