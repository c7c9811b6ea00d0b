using System.Diagnostics;
using Interven.Api.Tests.Inbound;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.Vault;

/// <summary>The operator's key, over restarts of the real product.</summary>
public sealed class OperatorKeyTests
{
    const string Setting = "INTERVEN_CREDENTIAL_ENCRYPTION_KEY", Old = "INTERVEN_CREDENTIAL_ENCRYPTION_KEYS_OLD";
    static readonly string First = new('a', 64), Second = new('b', 64);
    static readonly (string, string) Loopback = ("Interven__Egress__AllowPrivate__0", "127.0.0.0/8");

    [Fact]
    public async Task After_rotation_and_rewrap_the_new_key_alone_opens_everything_and_the_old_one_nothing()
    {
        var data = Directory.CreateTempSubdirectory("interven-rotated-").FullName;
        await using var upstream = await FakeUpstream.Start();
        string token, admin;
        await using (var product = await Product.Start(data, (Setting, First), Loopback))
        {
            await Until(() => product.Output.Contains("The demo key has", StringComparison.Ordinal));
            (token, admin) = (product.Demo.Token, product.Operator.Token);
            var person = new Caller(product.Http, admin);
            var credential = (await person.Post("/api/credentials", new { name = "c", type = "bearer", values = new { token = "sealed-by-the-first" } })).Is(201)["credential_id"];
            (await person.Post("/api/inbound-routes", new { prefix = "rotated", upstream_url = upstream.Url, credential_id = credential })).Is(201);
        }
        Assert.Contains("data keys were wrapped anew", await Rewrap(data, (Setting, Second), (Old, First)), StringComparison.Ordinal);
        await using (var product = await Product.Start(data, (Setting, Second), Loopback))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/inbound/rotated/x");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            using var answer = await product.Http.SendAsync(request);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Equal("Bearer sealed-by-the-first", upstream.Last.Header("Authorization"));
        }
        await using (var product = await Product.Start(data, (Setting, First), Loopback))
        {
            // Keys cannot even be compared: nobody comes in, and nothing is decided.
            var answer = await new Caller(product.Http, token).Send(HttpMethod.Post, "/v1/scan", """{"method":"GET","url":"https://x.example/"}""");
            Assert.True(answer.Status != 200 || answer.Decision == "DENY", answer.Text);
        }
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task With_a_database_a_silo_does_not_start_without_the_key_and_says_which_setting_it_wants()
    {
        var text = await Run("", ("ConnectionStrings__Interven", "Host=127.0.0.1;Port=1;Username=x;Database=x"), (Setting, ""), ("INTERVEN_ADMIN_TOKEN", "short"));
        Assert.Contains(Setting + " is not set", text, StringComparison.Ordinal);
        Assert.Contains("INTERVEN_ADMIN_TOKEN is shorter", text, StringComparison.Ordinal);
    }

    static Task<string> Rewrap(string data, params (string Name, string Value)[] settings) => Run("rewrap", [.. settings, ("INTERVEN_DATA", data)]);

    /// <summary>Runs the silo's own host to its end.</summary>
    static async Task<string> Run(string argument, params (string Name, string Value)[] settings)
    {
        var silo = Path.Combine(Product.Place("Silo"), "Interven.Silo.dll");
        var start = new ProcessStartInfo("dotnet", argument.Length > 0 ? [silo, argument] : [silo]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Product.Place("Silo") };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return await output + await errors;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    static async Task Until(Func<bool> isSo)
    {
        for (var tries = 0; tries < 300 && !isSo(); tries++)
            await Task.Delay(100);
    }
}
