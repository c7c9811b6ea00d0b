namespace Interven.Api.Tests.Running;

/// <summary>A person who has signed in, another one, a machine: only where an endpoint is about them, because passwords take their time.</summary>
sealed partial class Place
{
    const string Password = "correct horse battery";
    static int count;
    string email = "", userId = "", accountId = "", sessionId = "";

    /// <summary>With the cookies of a session.</summary>
    public Caller? Person { get; private set; }

    static bool IsForPeople(ApiDocument.Operation operation) =>
        operation.Path.StartsWith("/api/auth/", StringComparison.Ordinal) && operation.Path != "/api/auth/service-session" || operation.Path.StartsWith("/api/sessions", StringComparison.Ordinal);

    async Task AddPeople(ApiDocument.Operation? operation)
    {
        var number = Interlocked.Increment(ref count);
        if (operation is null || operation.Path.Contains("/users/", StringComparison.Ordinal))
            userId = (await Tenant.Admin.Post("/api/users", new { email = $"other{number}@place.example", role = "developer" })).Is(201)["user_id"];
        if (operation is null || operation.Path.Contains("/service-accounts/", StringComparison.Ordinal))
            accountId = (await Tenant.Admin.Post("/api/service-accounts", new { name = "cron", role = "auditor" })).Is(201)["id"];
        email = $"rosa{number}@place.example";
        if (operation is not null && !IsForPeople(operation))
            return;
        var invited = (await Tenant.Admin.Post("/api/users", new { email, role = "developer" })).Is(201)["temporary_password"];
        using var browser = new Browser(Product);
        (await browser.SignIn(email, invited)).Is(200);
        (await browser.Post("/api/auth/password", new { current = invited, @new = Password })).Is(200);
        var (session, csrf) = (browser.Cookie("interven_session"), browser.Cookie("interven_csrf")!);
        Person = new(Product.Http, null, ("Cookie", $"interven_session={session}; interven_csrf={csrf}"), ("X-Interven-CSRF", csrf));
        sessionId = (await Person.Get("/api/sessions")).Is(200).Json.GetProperty("items").EnumerateArray().Single().GetProperty("session_id").GetString()!;
    }

    string OfPeople(string example) => example
        .Replace("rosa@acme.example", email, StringComparison.Ordinal)
        .Replace("ulla@acme.example", "ulla." + email, StringComparison.Ordinal);

    string? IdOfPeople(string path) =>
        path.Contains("/users/", StringComparison.Ordinal) ? userId
        : path.Contains("/service-accounts/", StringComparison.Ordinal) ? accountId
        : path.Contains("/sessions/", StringComparison.Ordinal) ? sessionId
        : null;
}
