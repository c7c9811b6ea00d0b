namespace Interven.Console.Setup;

/// <summary>Lines that a newcomer copies to send the first call.</summary>
static class Snippets
{
    public static readonly string[] Names = ["curl", "LangGraph", "JavaScript"];

    public static string Of(string name, string gateway, string key) => name switch
    {
        "LangGraph" => $"""
            # pip install interven-langchain[langgraph]
            import os
            os.environ["INTERVEN_API_KEY"] = "{key}"
            os.environ["INTERVEN_GATEWAY_URL"] = "{gateway}"

            from interven_langchain.langgraph import interven_tool_node

            tools = interven_tool_node([transfer_funds, post_to_slack])
            graph.add_node("tools", tools)
            """,
        "JavaScript" => $$"""
            // npm install @interven/sdk-js
            import { IntervenClient } from '@interven/sdk-js';

            const interven = new IntervenClient({ apiKey: '{{key}}', gatewayUrl: '{{gateway}}' });
            const answer = await interven.scan({
              method: 'POST',
              url: 'https://slack.com/api/chat.postMessage',
              body: { channel: '#ops', text: 'Refund for card 4242 4242 4242 4242' },
            });
            console.log(answer.decision);
            """,
        _ => $$$"""
            curl -s {{{gateway}}}/v1/scan \
              -H "Authorization: Bearer {{{key}}}" \
              -H "Content-Type: application/json" \
              -d '{"method":"POST","url":"https://slack.com/api/chat.postMessage",
                   "body":{"channel":"#ops","text":"Refund for card 4242 4242 4242 4242"}}'
            """,
    };
}
