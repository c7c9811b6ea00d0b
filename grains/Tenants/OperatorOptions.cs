namespace Interven.Grains.Tenants;

/// <summary>How the operator of the installation proves to be that.</summary>
public sealed class OperatorOptions
{
    /// <summary>The operator's token where configuration gives one (<c>INTERVEN_ADMIN_TOKEN</c>, at least 32 characters); else one is made at first start.</summary>
    public string? Token { get; set; }
}
