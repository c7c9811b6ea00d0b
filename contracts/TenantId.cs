namespace Interven.Contracts;

/// <summary>An isolated customer. It comes from the credential, never from a body, query or header.</summary>
public readonly record struct TenantId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
