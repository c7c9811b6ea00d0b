using Interven.Contracts;
using Interven.Engine.Alerts;
using Interven.Grains.Alerts;
using Interven.Grains.Ports;

namespace Interven.Silo.Outbound;

/// <summary>An alert channel with its secrets opened, for as long as one message takes.</summary>
sealed record Channel(TenantId Tenant, string Id, ChannelSpec Spec, ChannelSecrets Secrets)
{
    public bool IsBot => Secrets.BotToken is not null && Spec.SlackChannel is not null;

    public static async ValueTask<Channel> Open(TenantDocument row, IVault vault) =>
        new(row.Document.Tenant, row.Document.Id, ChannelSpec.Read(row.Document.Json), await ChannelViews.SecretsOf(row, vault));
}
