namespace Interven.Silo.Egress;

/// <summary>A request was not sent because of where it would have gone. The message carries no part of the URL.</summary>
public sealed class EgressRefusedException(string message) : HttpRequestException(HttpRequestError.ConnectionError, message);
