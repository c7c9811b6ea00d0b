using System.Text;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.People;

/// <summary>Passwords, tokens, codes and secrets are nowhere in the clear: not on disk, not in the log, not in a list.</summary>
[Collection(UsesTrustingProduct.Name)]
public class SecretTests(TrustingProduct one)
{
    [Fact]
    public async Task What_lets_people_in_is_nowhere_to_be_read()
    {
        var tenant = await TestTenant.Of(one.Product);
        var person = await Person.Of(one.Product, tenant, "admin");
        var enrolled = (await person.Browser.Post("/api/auth/totp")).Is(200);
        var machine = await tenant.Account("auditor");
        const string Mistyped = "a password that was mistyped", ClientSecret = "secret-of-the-provider-4711", Unknown = "never.invited@elsewhere.example";
        (await new Browser(one.Product, one.Address()).SignIn(person.Email, Mistyped)).IsProblem(401);
        (await new Browser(one.Product, one.Address()).SignIn(Unknown, Mistyped)).IsProblem(401);
        (await person.Browser.Send(HttpMethod.Put, "/api/sso", new { issuer = "https://idp.example", client_id = "x", client_secret = ClientSecret })).Is(200);
        var invited = (await person.Browser.Post("/api/users", new { email = "one.more@tenant.example", role = "auditor" })).Is(201);

        var places = new List<(string Name, string Text)> { ("the log", one.Product.Output) };
        foreach (var path in (string[])["/api/users", "/api/service-accounts", "/api/sessions", "/api/auth/me", "/api/sso"])
            places.Add((path, (await person.Browser.Get(path)).Is(200).Text));
        places.AddRange(Directory.EnumerateFiles(one.Product.Data, "*", SearchOption.AllDirectories).Select(file => (Path.GetFileName(file), Read(file))));
        // What is no secret is there: the search does see what is written.
        Assert.Contains(places, place => place.Name.StartsWith("interven.db", StringComparison.Ordinal) && place.Text.Contains("one.more@tenant.example", StringComparison.Ordinal));
        foreach (var secret in (string[])[person.Password, Mistyped, ClientSecret, Unknown, enrolled["secret"], machine.Token, invited["temporary_password"], person.Browser.Cookie("interven_session")!])
            foreach (var (name, text) in places)
                Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{secret[..6]}… is in {name}");
    }

    static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
