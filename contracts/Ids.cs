namespace Interven.Contracts;

/// <summary>An isolated customer. It comes from the credential, never from a body, query or header.</summary>
public readonly record struct TenantId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>UUIDv7 of one decision record.</summary>
public readonly record struct TraceId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>UUIDv7 of a policy, the same over all its versions.</summary>
public readonly record struct PolicyId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>UUIDv7 of an approval.</summary>
public readonly record struct ApprovalId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}
