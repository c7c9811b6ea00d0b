using Interven.Contracts.Alerts;
using Interven.Engine.Alerts;
using Interven.Grains.Ports;

namespace Interven.Grains.Alerts;

/// <summary>An alert channel's row in the words of the API.</summary>
public static class ChannelViews
{
    internal static AlertChannel ToChannel(TenantDocument row, ChannelHealth? health, string consoleUrl)
    {
        var spec = ChannelSpec.Read(row.Document.Json);
        return new(
            Guid.Parse(row.Document.Id), ChannelRules.WordOf(spec.Type), spec.Name, spec.Enabled, ChannelRules.WordsOf(spec.Events), spec.MinRisk?.Word() ?? "any",
            spec.Tools, spec.Agents, spec.EnvNames, spec.Approvers, spec.AllowUnlinked, spec.MaxBand.Word(), spec.TeamId, spec.SlackChannel, spec.HasBotToken, spec.WebhookHost,
            spec.Type == ChannelType.Slack ? $"{consoleUrl}/v1/slack/interactions/{row.Document.Id}" : null, ChannelRules.Warnings(spec),
            health is { Failures: > 0 }, health is { LastError.Length: > 0 } ? health.LastError : null, health?.LastDeliveredAt, health?.Waiting ?? 0, row.CreatedAt, row.ChangedAt);
    }

    internal static AlertDelivery ToDelivery(Delivery one) => new(
        one.Item.Id, one.Item.Row.Kind, one.Item.Row.Subject, one.State switch
        {
            DeliveryState.Waiting => "waiting",
            DeliveryState.Done => "delivered",
            DeliveryState.Dead => "dead",
            _ => "dropped",
        }, one.Item.Attempts, one.Detail, one.Item.CreatedAt, one.ChangedAt, one.State == DeliveryState.Waiting ? one.DueAt : null);

    internal static PatchAlertRequest ToPatch(CreateAlertRequest request) => new(
        request.Name ?? "", null, request.WebhookUrl, request.SigningSecret, request.BotToken, request.SlackChannel, request.TeamId, request.Events, request.MinRisk, request.Tools, request.Agents,
        request.EnvNames, request.Approvers, request.AllowUnlinked, request.MaxBand);

    /// <summary>Only whoever sends, verifies or re-seals opens them.</summary>
    public static async ValueTask<ChannelSecrets> SecretsOf(TenantDocument row, IVault vault) => row.Document.Sealed is { } bytes
        ? ChannelSecrets.Read((await vault.For(row.Document.Tenant)).Open(bytes, row.Document.Id, ChannelList.SecretsField))
        : new(null, null, null);
}
