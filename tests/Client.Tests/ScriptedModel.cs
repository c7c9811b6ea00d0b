using Microsoft.Extensions.AI;

namespace Interven.Client.Tests;

/// <summary>A model that calls the functions it was made with, one after another, and keeps what it is answered.</summary>
sealed class ScriptedModel(params FunctionCallContent[] calls) : IChatClient
{
    int next;

    public List<string> Results { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Results.Clear();
        Results.AddRange(messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.Result?.ToString() ?? ""));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, next < calls.Length ? [calls[next++]] : [new TextContent("done")])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
