namespace Interven.Grains.Tenants;

/// <summary>The tenant that a new installation starts with. Its id is fixed, so that of several silos that start at once only one makes it.</summary>
public static class FirstTenant
{
    public static readonly TenantId Id = new(new Guid("01900000-0000-7000-8000-000000000001"));
    public const string Name = "demo";
    public const string Email = "admin@localhost";
}
