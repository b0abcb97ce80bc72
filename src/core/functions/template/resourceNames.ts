/**
 * The property with the name of a resource, by type: only types whose Ref is that name. Ref of other types is an ID, an
 * ARN, or a URL. Source: CloudFormation template reference, "Return values" of each type.
 */
const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Athena::WorkGroup': 'Name',
  'AWS::Backup::BackupVault': 'BackupVaultName',
  'AWS::CloudTrail::Trail': 'TrailName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::CodeBuild::Project': 'Name',
  'AWS::CodePipeline::Pipeline': 'Name',
  'AWS::Cognito::UserPoolDomain': 'Domain',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::ElastiCache::ReplicationGroup': 'ReplicationGroupId',
  'AWS::Elasticsearch::Domain': 'DomainName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Glue::Crawler': 'Name',
  'AWS::Glue::Job': 'Name',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IoT::Policy': 'PolicyName',
  'AWS::IoT::Thing': 'ThingName',
  'AWS::IoT::TopicRule': 'RuleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Location::GeofenceCollection': 'CollectionName',
  'AWS::Location::Map': 'MapName',
  'AWS::Location::PlaceIndex': 'IndexName',
  'AWS::Location::RouteCalculator': 'CalculatorName',
  'AWS::Location::Tracker': 'TrackerName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::OpenSearchService::Domain': 'DomainName',
  'AWS::Pipes::Pipe': 'Name',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::Redshift::Cluster': 'ClusterIdentifier',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SES::EmailIdentity': 'EmailIdentity',
  'AWS::SSM::Parameter': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::Scheduler::ScheduleGroup': 'Name',
  'AWS::Serverless::Function': 'FunctionName',
  'AWS::Serverless::SimpleTable': 'TableName',
  'AWS::Timestream::Database': 'DatabaseName',
};

/** The property whose value Ref of a resource returns, or undefined if Ref isn't a name that a template can set. */
export function nameProperty(type: unknown): string | undefined {
  return typeof type === 'string' && Object.hasOwn(NAME_PROPERTIES, type) ? NAME_PROPERTIES[type] : undefined;
}
