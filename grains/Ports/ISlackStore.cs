namespace Interven.Grains.Ports;

/// <summary>What Slack's clicks need: channels by their id, signatures that were seen, and how cards that were posted can be changed.</summary>
public interface ISlackStore
{
    /// <summary>By the id in the request, before any tenant is known.</summary>
    ValueTask<TenantDocument?> FindChannel(string channel, CancellationToken cancel = default);

    /// <summary>False: this very request was taken before. With its card, in one transaction, so that a decision after it finds the card.</summary>
    ValueTask<bool> TakeSignature(TenantId tenant, string channel, byte[] signature, CardHandle? card, CancellationToken cancel = default);

    /// <summary>Keeps how a card can be changed; a bot's own handle outlives those of clicks.</summary>
    ValueTask Keep(CardHandle card, CancellationToken cancel = default);

    /// <summary>Uses it once, or null where it is used up, over, or was never there.</summary>
    ValueTask<CardHandle?> Use(TenantId tenant, ApprovalId approval, string channel, CancellationToken cancel = default);

    /// <summary>Removes signatures older than ten minutes and handles that are over or a month old.</summary>
    ValueTask Clear(CancellationToken cancel = default);
}

/// <summary>How a posted card can be changed.</summary>
/// <param name="Tenant">Owner.</param>
/// <param name="Approval">What the card is about.</param>
/// <param name="Channel">The alert channel that it was posted to.</param>
/// <param name="Sealed">A response URL or a message's place, sealed.</param>
/// <param name="Uses">How often it may be used; null without end: a bot's.</param>
/// <param name="Life">How long; null without end.</param>
public sealed record CardHandle(TenantId Tenant, ApprovalId Approval, string Channel, byte[] Sealed, int? Uses, TimeSpan? Life);
