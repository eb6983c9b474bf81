namespace Flatfile.Api;

/// <summary>Accounts.</summary>
public sealed class AccountsClient
{
    private readonly ApiConnection _connection;

    internal AccountsClient(ApiConnection connection) => _connection = connection;

    /// <summary>The account the token belongs to.</summary>
    public Task<Account> GetCurrentAsync(CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"accounts/current")), AnswerJson.Default.EnvelopeAccount, cancellationToken);

    /// <summary>Changes the members that are set.</summary>
    public Task<Account> UpdateCurrentAsync(AccountUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"accounts/current"), JsonBody.Of(update, FlatfileJson.Default.AccountUpdate)), AnswerJson.Default.EnvelopeAccount, cancellationToken);
}
