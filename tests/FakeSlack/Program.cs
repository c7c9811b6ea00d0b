using Interven.FakeSlack;

// --url http://127.0.0.1:9150 --secret SIGNING_SECRET --interactions http://127.0.0.1:8080/v1/slack/interactions
// --measure ROUNDS --product URL --admin TOKEN --key API_KEY   measures from the click to the answer of the call that waits
var settings = new ConfigurationBuilder().AddCommandLine(args).AddEnvironmentVariables("FAKE_SLACK_").Build();
if (int.TryParse(settings["measure"], out var rounds))
{
    await new Measure(settings["product"]!, settings["admin"]!, settings["key"]!).Run(rounds);
    return;
}
await using var slack = await Workspace.Start(new()
{
    Url = settings["url"] ?? "http://127.0.0.1:9150",
    SigningSecret = settings["secret"] ?? "fake-slack-signing-secret",
    InteractionsUrl = settings["interactions"] ?? "http://127.0.0.1:8080/v1/slack/interactions",
});
Console.WriteLine($"FAKE_SLACK_URL={slack.Url}");
Console.WriteLine($"FAKE_SLACK_WEBHOOK={slack.Webhook()}");
var over = new TaskCompletionSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    over.TrySetResult();
};
using var ended = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    over.TrySetResult();
});
await over.Task;
