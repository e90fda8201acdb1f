# frozen_string_literal: true

# Fills an empty Redmine from a seed file (tests/data/demo/README.md describes it): CB_SEED names the file, CB_SEED_INFO
# the JSON file that gets keys and ids. `cb:configure` makes everything but issues, `cb:issues` the issues, whose times
# are relative to the present.
require 'active_support/testing/time_helpers'

# One seed file as Redmine's records.
class ContractBridgeSeed
  include ActiveSupport::Testing::TimeHelpers

  def initialize
    @seed = JSON.parse(File.read(ENV.fetch('CB_SEED')))
    @start = Time.now.utc.change(:usec => 0)
  end

  def configure
    { 'rest_api_enabled' => '1', 'default_language' => 'en', 'notified_events' => [], 'login_required' => '0',
      'gravatar_enabled' => '0', 'app_title' => 'Throw-away Redmine' }.each { |name, value| Setting[name] = value }
    make_terms
    make_projects
    make_users
    make_fields
    write_info
  end

  def issues
    @seed['issues'].each { |entry| make_issue(entry) }
    User.current = nil
  end

  private

  def make_terms
    @seed['statuses'].each { |s| IssueStatus.create!(:name => s['name'], :is_closed => s['closed']) }
    @seed['trackers'].each { |name| Tracker.create!(:name => name, :default_status => IssueStatus.sorted.first) }
    @seed['priorities'].each { |name| IssuePriority.create!(:name => name, :is_default => name == 'Normal') }
    @seed['roles'].each do |r|
      role = Role.create!(:name => r['name'], :issues_visibility => r['staff'] ? 'all' : 'default')
      role.update!(:permissions => r['permissions'].map(&:to_sym))
      allow_every_status(role) if r['staff']
    end
  end

  def allow_every_status(role)
    ids = IssueStatus.sorted.pluck(:id)
    rows = Tracker.pluck(:id).product([0, *ids], ids).reject { |_, from, to| from == to }
    WorkflowTransition.insert_all!(rows.map do |tracker, from, to|
      { :tracker_id => tracker, :role_id => role.id, :old_status_id => from, :new_status_id => to,
        :type => 'WorkflowTransition' }
    end)
  end

  def make_projects
    @seed['projects'].each do |p|
      project = Project.new(:name => p['name'], :identifier => p['identifier'], :description => p['description'].to_s)
      project.is_public = false
      project.enabled_module_names = %w[issue_tracking time_tracking]
      project.trackers = Tracker.sorted.to_a
      project.save!
    end
  end

  def make_users
    @seed['users'].each do |u|
      user = u['admin'] ? User.find_by!(:login => 'admin') : User.new { |fresh| fresh.login = u['login'] }
      user.attributes = { :firstname => u['firstname'], :lastname => u['lastname'], :mail => u['mail'],
                          :language => 'en', :mail_notification => 'none', :must_change_passwd => false }
      user.password = user.password_confirmation = "#{u['login']}-throw-away"
      user.save!
      user.pref.update!(:hide_mail => false)
      next unless u['role']

      Project.all.each { |p| Member.create!(:project => p, :principal => user, :roles => [Role.find_by!(:name => u['role'])]) }
    end
  end

  def make_fields
    @seed['fields'].each do |f|
      field = IssueCustomField.new(:name => f['name'], :field_format => f['format'], :is_for_all => true,
                                   :is_filter => true, :visible => true, :is_required => f['required'] || false,
                                   :multiple => f['multiple'] || false, :regexp => f['regexp'].to_s)
      field.possible_values = f['values'] if f['values']
      field.trackers = Tracker.all.to_a
      field.save!
    end
  end

  def make_issue(entry)
    author = User.find_by!(:login => entry['author'])
    issue = at(entry['at'], author) do
      fresh = Issue.new(:project => Project.find(entry['project']), :author => author, :subject => entry['subject'])
      fresh.tracker = Tracker.find_by!(:name => entry['tracker'])
      fresh.attributes = { :description => entry['description'], :is_private => entry['private'] || false }
      apply(fresh, entry)
      fresh.save!
      fresh
    end
    (entry['events'] || []).each { |event| update(issue.id, event) }
  end

  def update(id, event)
    by = User.find_by!(:login => event['by'])
    at(event['at'], by) do
      issue = Issue.find(id) # a fresh object: a used one would hand back its old journal
      issue.init_journal(by, event['note'].to_s)
      issue.private_notes = event['private'] || false
      apply(issue, event)
      issue.save!
    end
  end

  def apply(issue, entry)
    issue.priority = IssuePriority.find_by!(:name => entry['priority']) if entry['priority']
    issue.status = IssueStatus.find_by!(:name => entry['status']) if entry['status']
    issue.assigned_to = User.find_by(:login => entry['assignee']) if entry['assignee']
    values = (entry['fields'] || {}).to_h { |name, value| [IssueCustomField.find_by!(:name => name).id.to_s, day(value)] }
    issue.custom_field_values = values
  end

  def at(offset, user)
    User.current = user
    travel_to(@start + seconds(offset)) { yield }
  end

  def day(value)
    value.is_a?(String) && value.start_with?('@') ? (@start + seconds(value[1..])).strftime('%Y-%m-%d') : value
  end

  def seconds(offset)
    sign, days, hours, minutes = offset.match(/\A([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?\z/)&.captures
    raise "not an offset: #{offset}" unless sign

    (sign == '-' ? -60 : 60) * ((days.to_i * 24 + hours.to_i) * 60 + minutes.to_i)
  end

  def write_info
    people = @seed['users'].reject { |u| u['admin'] }
    staff = @seed['roles'].select { |r| r['staff'] }.map { |r| r['name'] }
    logins = { 'admin' => 'admin', 'bridge' => people.find { |u| u['bridge'] }['login'],
               'staff' => people.find { |u| !u['bridge'] && staff.include?(u['role']) }['login'],
               'customer' => people.find { |u| u['role'] && !staff.include?(u['role']) }['login'] }
    info = logins.to_h { |who, login| ["#{who}_key", User.find_by!(:login => login).api_key] }
    info.merge!(logins.to_h { |who, login| ["#{who}_login", login] })
    info.merge!('project' => @seed['projects'].first['identifier'], 'version' => Redmine::VERSION.to_s,
                'custom_fields' => IssueCustomField.all.to_h { |f| [f.name, f.id] })
    File.open(ENV.fetch('CB_SEED_INFO'), 'w', 0o600) { |file| file.write(JSON.generate(info)) }
  end
end

namespace :cb do
  # Classes loaded by the first migrations remember the columns of that moment.
  task :forget_columns => :environment do
    ActiveRecord::Base.connection.schema_cache.clear!
    ActiveRecord::Base.descendants.each { |c| c.reset_column_information unless c.abstract_class? }
    Setting.clear_cache
  end

  # Without a checkpoint, the last writes lie beside the database and a copy of its file would miss them.
  task :close => :environment do
    ActiveRecord::Base.connection.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  end

  desc 'Terms, projects, users, fields of the seed file'
  task :configure => :forget_columns do
    ContractBridgeSeed.new.configure
  end

  desc 'Issues of the seed file'
  task :issues => :environment do
    ContractBridgeSeed.new.issues
  end
end
