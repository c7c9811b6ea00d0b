namespace Interven.Grains.Ports;

/// <summary>Eight base62 characters between the prefix <c>iv_live_</c> and the secret.</summary>
public readonly record struct ApiKeyId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Eight base62 characters between the prefix <c>iv_eph_</c> and the secret.</summary>
public readonly record struct EphemeralKeyId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Eight base62 characters between the prefix <c>iv_svc_</c> and the secret.</summary>
public readonly record struct ServiceAccountId(string Value)
{
    public override string ToString() => Value;
}
