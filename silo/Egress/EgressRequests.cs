namespace Interven.Silo.Egress;

/// <summary>Looks at a request's URL before it is sent, and lets no more of the answer in than was agreed; null agrees to any length.</summary>
sealed class EgressRequests(EgressRules rules, int? maxResponseBytes) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } url || rules.Problem(url) is not null)
            throw new EgressRefusedException(request.RequestUri is { } refused ? rules.Problem(refused)! : "The request has no URL.");
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (e.InnerException is EgressRefusedException refusal)
        {
            throw refusal;
        }
        if (maxResponseBytes is not { } most)
            return response;
        if (response.Content.Headers.ContentLength > most)
        {
            response.Dispose();
            throw new EgressRefusedException($"The answer is longer than {most} bytes.");
        }
        response.Content = new CappedContent(response.Content, most);
        return response;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Outgoing requests are awaited.");
}
