using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class SignInAttempts(Database database) : ISignInAttempts
{
    public ValueTask<TimeSpan?> Take(byte[] subject, Func<int, TimeSpan> lockFor, CancellationToken cancel = default) => database.Change<TimeSpan?>(async session =>
    {
        await session.Sql($"""
            INSERT INTO sign_in_attempts (subject, failures, locked_until, last_at) VALUES (@subject, 0, {session.Dialect.Now}, {session.Dialect.Now})
            ON CONFLICT (subject) DO NOTHING
            """).With("subject", subject).Run(cancel).ConfigureAwait(false);
        // Held until the commit: a crowd of guesses is counted one by one.
        var (failures, locked) = await session.Sql($"SELECT failures, {session.Dialect.MillisecondsUntil("locked_until")} FROM sign_in_attempts WHERE subject = @subject {session.Dialect.ForUpdate}")
            .With("subject", subject).One(row => (row.Int(), row.Long()), cancel).ConfigureAwait(false);
        if (locked > 0)
            return TimeSpan.FromMilliseconds(locked);
        await session.Sql($"UPDATE sign_in_attempts SET failures = @failures, locked_until = {session.Dialect.NowPlus("@lock")}, last_at = {session.Dialect.Now} WHERE subject = @subject")
            .With("failures", failures + 1).With("lock", lockFor(failures + 1)).With("subject", subject).Run(cancel).ConfigureAwait(false);
        return null;
    }, cancel);
}
