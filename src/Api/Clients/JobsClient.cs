namespace Flatfile.Api;

/// <summary>Jobs.</summary>
public sealed class JobsClient
{
    private readonly ApiConnection _connection;

    internal JobsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates a job.</summary>
    public Task<Job> CreateAsync(JobConfig config, CancellationToken cancellationToken = default) => CreateAsync(config, null, cancellationToken);

    /// <inheritdoc cref="CreateAsync(JobConfig, CancellationToken)" />
    public Task<Job> CreateAsync(JobConfig config, RequestOptions? options, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"jobs"), JsonBody.Of(config, FlatfileJson.Default.JobConfig), options), AnswerJson.Default.EnvelopeJob, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<Job> GetAsync(string jobId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"jobs/{jobId}")), AnswerJson.Default.EnvelopeJob, cancellationToken);

    /// <summary>Changes the members that are set; see <see cref="UpdateBody.Clear"/> for emptying one.</summary>
    public Task<Job> UpdateAsync(string jobId, JobUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"jobs/{jobId}"), JsonBody.Of(update, FlatfileJson.Default.JobUpdate)), AnswerJson.Default.EnvelopeJob, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string jobId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"jobs/{jobId}")), cancellationToken);

    /// <summary>The jobs a query selects.</summary>
    public IAsyncEnumerable<Job> ListAsync(JobQuery? query = null, CancellationToken cancellationToken = default)
    {
        var selection = query ?? new JobQuery();
        return _connection.PagesAsync(page => _connection.At($"jobs{selection.ToQuery(page)}"), AnswerJson.Default.EnvelopeListJob, item => item.Id, cancellationToken);
    }

    /// <summary>The jobs of a space.</summary>
    public IAsyncEnumerable<Job> ListAsync(string spaceId, CancellationToken cancellationToken = default) =>
        ListAsync(new JobQuery { SpaceId = spaceId }, cancellationToken);

    /// <summary>Starts a job that waits for a person.</summary>
    public Task ExecuteAsync(string jobId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"jobs/{jobId}/execute")), cancellationToken);

    /// <summary>Takes the job up, or tells progress.</summary>
    public Task<Job> AckAsync(string jobId, JobAck? ack = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"jobs/{jobId}/ack"), ack is null ? null : JsonBody.Of(ack, FlatfileJson.Default.JobAck)), AnswerJson.Default.EnvelopeJob, cancellationToken);

    /// <summary>Ends the job well.</summary>
    public Task<Job> CompleteAsync(string jobId, JobEnd? end = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"jobs/{jobId}/complete"), end is null ? null : JsonBody.Of(end, FlatfileJson.Default.JobEnd)), AnswerJson.Default.EnvelopeJob, cancellationToken);

    /// <summary>Ends the job badly.</summary>
    public Task<Job> FailAsync(string jobId, JobEnd? end = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"jobs/{jobId}/fail"), end is null ? null : JsonBody.Of(end, FlatfileJson.Default.JobEnd)), AnswerJson.Default.EnvelopeJob, cancellationToken);

    /// <summary>Cancels the job.</summary>
    public Task<Job> CancelAsync(string jobId, JobCancel? cancel = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"jobs/{jobId}/cancel"), cancel is null ? null : JsonBody.Of(cancel, FlatfileJson.Default.JobCancel)), AnswerJson.Default.EnvelopeJob, cancellationToken);

    /// <summary>Splits a job into parts.</summary>
    public Task<Job> SplitAsync(string jobId, JobSplit split, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"jobs/{jobId}/split"), JsonBody.Of(split, FlatfileJson.Default.JobSplit)), AnswerJson.Default.EnvelopeJob, cancellationToken);

    /// <summary>The plan of a mapping job.</summary>
    public Task<JobPlan> GetPlanAsync(string jobId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"jobs/{jobId}/plan")), AnswerJson.Default.EnvelopeJobPlan, cancellationToken);

    /// <summary>Changes the lists of a plan that are set, while the job is planning.</summary>
    public Task<JobPlan> UpdatePlanAsync(string jobId, JobExecutionPlan plan, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"jobs/{jobId}/plan"), JsonBody.Of(plan, FlatfileJson.Default.JobExecutionPlan)), AnswerJson.Default.EnvelopeJobPlan, cancellationToken);

    /// <summary>Makes a job that ended ready again.</summary>
    public Task<Job> RetryAsync(string jobId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"jobs/{jobId}/retry")), AnswerJson.Default.EnvelopeJob, cancellationToken);

    /// <summary>Says that a person saw the outcome.</summary>
    public Task<Job> AckOutcomeAsync(string jobId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"jobs/{jobId}/outcome/ack")), AnswerJson.Default.EnvelopeJob, cancellationToken);
}
