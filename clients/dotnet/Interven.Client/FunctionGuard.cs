using System.Text.Json;
using Interven.Contracts;
using Interven.Contracts.Scanning;
using Microsoft.Extensions.AI;

namespace Interven.Client;

/// <summary>What becomes of a function call that is stopped.</summary>
public enum OnBlock
{
    /// <summary>The model is told why, as the function's answer, and may go on.</summary>
    TellModel,

    /// <summary><see cref="IntervenException"/> ends the turn.</summary>
    Throw,
}

/// <summary>Guards the functions that a model calls through <c>Microsoft.Extensions.AI</c>.</summary>
public static class FunctionGuard
{
    /// <summary>
    /// Adds function invocation that asks before each call, waits for people, and runs it with sanitised or edited arguments. It takes the place of
    /// <c>UseFunctionInvocation</c>: another one between it and the model would invoke functions unasked.
    /// </summary>
    public static ChatClientBuilder UseInterven(this ChatClientBuilder builder, IntervenClient client, OnBlock onBlock = OnBlock.TellModel, Action<FunctionInvokingChatClient>? configure = null) =>
        builder.UseFunctionInvocation(configure: invoking =>
        {
            configure?.Invoke(invoking);
            invoking.FunctionInvoker = async (context, cancel) =>
                await Invoke(context.Function, context.Arguments, client, onBlock, cancel).ConfigureAwait(false);
        });

    /// <summary>One function, guarded wherever it is invoked from.</summary>
    public static AIFunction Guarded(this AIFunction function, IntervenClient client, OnBlock onBlock = OnBlock.TellModel) => new GuardedFunction(function, client, onBlock);

    static async ValueTask<object?> Invoke(AIFunction function, AIFunctionArguments arguments, IntervenClient client, OnBlock onBlock, CancellationToken cancel)
    {
        try
        {
            var body = JsonSerializer.SerializeToElement(arguments.ToDictionary(one => one.Key, one => one.Value), function.JsonSerializerOptions);
            var decision = await client.AuthorizeFunctionAsync(function.Name, body, cancel).ConfigureAwait(false);
            if (decision.Decision == Decision.Sanitize)
                Replace(arguments, body, decision, function.Name);
        }
        catch (IntervenException stopped) when (onBlock == OnBlock.TellModel)
        {
            return stopped.Message;
        }
        return await function.InvokeAsync(arguments, cancel).ConfigureAwait(false);
    }

    /// <summary>Arguments that the gateway left as they were stay the objects they are.</summary>
    static void Replace(AIFunctionArguments arguments, JsonElement asked, ScanResponse decision, string what)
    {
        if (decision.SanitizedBody is not { ValueKind: JsonValueKind.Object } body
            || body.EnumerateObject().Any(member => !arguments.ContainsKey(member.Name)) || arguments.Keys.Any(name => !body.TryGetProperty(name, out _)))
            throw new CannotSanitizeException(BlockedException.Words(decision, what) + "; its sanitised body does not fit the arguments", decision);
        foreach (var member in body.EnumerateObject())
            if (!JsonElement.DeepEquals(member.Value, asked.GetProperty(member.Name)))
                arguments[member.Name] = member.Value.Clone();
    }

    sealed class GuardedFunction(AIFunction inner, IntervenClient client, OnBlock onBlock) : DelegatingAIFunction(inner)
    {
        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            Invoke(InnerFunction, arguments, client, onBlock, cancellationToken);
    }
}
