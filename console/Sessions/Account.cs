using Interven.Console.Http;
using Interven.Contracts;
using Interven.Contracts.Errors;

namespace Interven.Console.Sessions;

/// <summary>Signing in and out, and what belongs to the own account.</summary>
sealed class Account(Api api, SessionState session)
{
    /// <summary>Learns who is signed in, if anybody.</summary>
    public async Task Ask()
    {
        var answer = await api.Get("/api/auth/me", ContractJson.Default.Me);
        if (answer.IsOk)
            session.Begin(answer.Value);
        else
            session.End();
    }

    /// <summary>Null, or why not.</summary>
    public async Task<Problem?> SignIn(string email, string password, string? totp)
    {
        var answer = await api.Send(HttpMethod.Post, "/api/auth/login", new(email, password, totp), ContractJson.Default.LoginRequest, ContractJson.Default.LoginAnswer);
        if (answer.IsOk)
            await Ask();
        return answer.Problem;
    }

    public async Task SignOut()
    {
        await api.Do(HttpMethod.Post, "/api/auth/logout");
        session.End();
    }

    public async Task<Problem?> ChangePassword(string current, string chosen)
    {
        var answer = await api.Send(HttpMethod.Post, "/api/auth/password", new(current, chosen), ContractJson.Default.ChangePasswordRequest, ContractJson.Default.LoginAnswer);
        if (answer.IsOk)
            await Ask();
        return answer.Problem;
    }
}
