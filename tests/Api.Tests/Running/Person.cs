namespace Interven.Api.Tests.Running;

/// <summary>A person who has signed in with a password of their own.</summary>
sealed record Person(Guid Id, string Email, string Password, Browser Browser)
{
    static int count;

    /// <summary>Invited by the tenant's admin, signed in with the temporary password, which was changed.</summary>
    public static async Task<Person> Of(Product product, TestTenant tenant, string role)
    {
        var number = Interlocked.Increment(ref count);
        var email = $"person{number}@tenant.example";
        var invited = (await tenant.Admin.Post("/api/users", new { email, role })).Is(201);
        var browser = new Browser(product);
        (await browser.SignIn(email, invited["temporary_password"])).Is(200);
        var password = $"own words of number {number}";
        (await browser.Post("/api/auth/password", new { current = invited["temporary_password"], @new = password })).Is(200);
        return new(invited.Json.GetProperty("user_id").GetGuid(), email, password, browser);
    }

    public async Task<Browser> SignInAgain(Product product)
    {
        var browser = new Browser(product);
        (await browser.SignIn(Email, Password)).Is(200);
        return browser;
    }
}
