namespace Interven.Grains.Tenants;

/// <summary>How the operator of the installation proves to be that.</summary>
public sealed class OperatorOptions
{
    /// <summary>The operator's token where configuration gives one (<c>INTERVEN_ADMIN_TOKEN</c>, at least 32 characters); else one is made at first start.</summary>
    public string? Token { get; set; }

    /// <summary>The first tenant's first admin (<c>INTERVEN_ADMIN_EMAIL</c>); default <see cref="FirstTenant.Email"/>.</summary>
    public string? AdminEmail { get; set; }

    /// <summary>That person's password (<c>INTERVEN_ADMIN_PASSWORD</c>); null lets the first start make one.</summary>
    public string? AdminPassword { get; set; }
}
