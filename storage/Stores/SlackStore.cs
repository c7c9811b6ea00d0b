using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class SlackStore(Database database) : ISlackStore
{
    const string ByCard = "tenant_id = @tenant AND approval_id = @approval AND channel = @channel";

    // The one look-up without a tenant: a click names a channel, and the channel says whose it is.
    public ValueTask<TenantDocument?> FindChannel(string channel, CancellationToken cancel = default) => database.One(
        $"SELECT {DocumentStore.Columns} FROM tenant_documents WHERE kind = 'channel' AND id = @id", sql => sql.With("id", channel), DocumentStore.Map, cancel);

    public ValueTask<bool> TakeSignature(TenantId tenant, string channel, byte[] signature, CardHandle? card, CancellationToken cancel = default) => database.Change(async session =>
    {
        var isNew = await session.Sql("INSERT INTO slack_seen (tenant_id, channel, signature) VALUES (@tenant, @channel, @signature) ON CONFLICT DO NOTHING")
            .With("tenant", tenant.Value).With("channel", channel).With("signature", signature).Run(cancel).ConfigureAwait(false) == 1;
        if (isNew && card is not null)
            await Keep(session, card, cancel).ConfigureAwait(false);
        return isNew;
    }, cancel);

    public async ValueTask Keep(CardHandle card, CancellationToken cancel = default) => await database.Change(async session =>
    {
        await Keep(session, card, cancel).ConfigureAwait(false);
        return true;
    }, cancel).ConfigureAwait(false);

    public ValueTask<CardHandle?> Use(TenantId tenant, ApprovalId approval, string channel, CancellationToken cancel = default) => database.Change(session => session.Sql($"""
        UPDATE slack_cards SET uses_left = uses_left - 1
        WHERE {ByCard} AND (uses_left IS NULL OR uses_left > 0) AND (ends_at IS NULL OR ends_at > {session.Dialect.Now}) RETURNING sealed, uses_left
        """).With("tenant", tenant.Value).With("approval", approval.Value).With("channel", channel)
        .One(row => new CardHandle(tenant, approval, channel, row.Bytes(), row.IntOrNull(), null), cancel), cancel);

    public async ValueTask Clear(CancellationToken cancel = default) => await database.Change(async session =>
    {
        await session.Sql($"DELETE FROM slack_seen WHERE seen_at < {session.Dialect.NowPlus("-600000")}").Run(cancel).ConfigureAwait(false);
        await session.Sql($"DELETE FROM slack_cards WHERE ends_at < {session.Dialect.Now} OR kept_at < {session.Dialect.NowPlus("-2592000000")}").Run(cancel).ConfigureAwait(false);
        return true;
    }, cancel).ConfigureAwait(false);

    static async ValueTask Keep(Session session, CardHandle card, CancellationToken cancel) => await session.Sql($"""
        INSERT INTO slack_cards AS c (tenant_id, approval_id, channel, sealed, uses_left, ends_at)
        VALUES (@tenant, @approval, @channel, @sealed, @uses, CASE WHEN @life < 0 THEN NULL ELSE {session.Dialect.NowPlus("@life")} END)
        ON CONFLICT (tenant_id, approval_id, channel) DO UPDATE
          SET sealed = excluded.sealed, uses_left = excluded.uses_left, ends_at = excluded.ends_at, kept_at = {session.Dialect.Now}
          WHERE c.uses_left IS NOT NULL OR excluded.uses_left IS NULL
        """).With("tenant", card.Tenant.Value).With("approval", card.Approval.Value).With("channel", card.Channel).With("sealed", card.Sealed)
        .With("uses", card.Uses).With("life", card.Life ?? TimeSpan.FromMilliseconds(-1)).Run(cancel).ConfigureAwait(false);
}
