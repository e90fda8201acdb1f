# frozen_string_literal: true

# Initializer of the throw-away Redmine: never wait for the disk.
require 'active_record/connection_adapters/sqlite3_adapter'

ActiveRecord::ConnectionAdapters::SQLite3Adapter.prepend(Module.new do
  def configure_connection
    super
    execute('PRAGMA journal_mode=WAL')
    execute('PRAGMA synchronous=OFF')
  end
end)
