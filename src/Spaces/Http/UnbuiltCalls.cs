namespace Flatfile.Spaces.Http;

/// <summary>What no endpoint answers: calls Flatfile has and this server has not are told apart from paths nobody knows.</summary>
internal static class UnbuiltCalls
{
    /// <summary>501 or 404.</summary>
    public static Task<Answer> AnswerAsync(ApiCall call)
    {
        var request = call.Http.Request;
        var path = request.Path.Value!["/v1".Length..];
        throw FlatfileCalls.Has(request.Method, path)
            ? ApiRefusal.NotBuilt($"{request.Method} /v1{path}")
            : new ApiRefusal(404, new ApiFault(null, $"There is no call {request.Method} /v1{path}."));
    }
}
