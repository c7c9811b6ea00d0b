using Microsoft.JSInterop;

namespace Interven.Console.Http;

/// <summary>What only the browser itself can do; the script is <c>wwwroot/js/console.js</c>.</summary>
sealed class Browser(IJSRuntime js) : IAsyncDisposable
{
    readonly Lazy<Task<IJSObjectReference>> module = new(() => js.InvokeAsync<IJSObjectReference>("import", "./js/console.js").AsTask());

    public async Task<string> Cookie(string name) => await (await module.Value).InvokeAsync<string>("cookie", name);

    /// <summary>False where the browser did not let it.</summary>
    public async Task<bool> Copy(string text) => await (await module.Value).InvokeAsync<bool>("copy", text);

    public async Task<string?> Recall(string key) => await (await module.Value).InvokeAsync<string?>("recall", key);

    public async Task Keep(string key, string value) => await (await module.Value).InvokeVoidAsync("keep", key, value);

    public async Task<bool> PrefersDark() => await (await module.Value).InvokeAsync<bool>("prefersDark");

    public async Task Scheme(string scheme) => await (await module.Value).InvokeVoidAsync("scheme", scheme);

    public async Task Reveal(string selector) => await (await module.Value).InvokeVoidAsync("reveal", selector);

    /// <summary>Whether the reader has left the top of the page.</summary>
    public async Task<bool> IsScrolled() => await (await module.Value).InvokeAsync<bool>("isScrolled");

    public async Task ToTop() => await (await module.Value).InvokeVoidAsync("toTop");

    public async Task Focus(string selector) => await (await module.Value).InvokeVoidAsync("focus", selector);

    public async Task Save(string name, string text) => await (await module.Value).InvokeVoidAsync("save", name, text);

    /// <summary>Single keys pressed outside of fields, until the subscription is disposed.</summary>
    public async Task<IAsyncDisposable> OnKeys(string keys, Func<string, Task> pressed) => await Listen("onKeys", new JsEar(pressed), keys);

    /// <summary>Server-sent events in batches of at most 200, twice a second; <paramref name="heard"/> gets a JSON array, or an empty text when the connection opens and <c>!</c> when it is lost.</summary>
    public async Task<IAsyncDisposable> Events(string address, Func<string, Task> heard) => await Listen("events", new JsEar(heard), address);

    async Task<IAsyncDisposable> Listen(string function, JsEar ear, string argument)
    {
        var reference = DotNetObjectReference.Create(ear);
        var handle = await (await module.Value).InvokeAsync<IJSObjectReference>(function, argument, reference);
        return new Subscription(handle, reference);
    }

    public async ValueTask DisposeAsync()
    {
        if (module.IsValueCreated)
            await (await module.Value).DisposeAsync();
    }

    sealed class Subscription(IJSObjectReference handle, DotNetObjectReference<JsEar> ear) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await handle.InvokeVoidAsync("stop");
            await handle.DisposeAsync();
            ear.Dispose();
        }
    }
}

/// <summary>Where the browser's script calls back.</summary>
public sealed class JsEar(Func<string, Task> heard)
{
    [JSInvokable]
    public Task Hear(string text) => heard(text);
}
