package dev.postmaster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The PostgreSQL JDBC driver against a real postmaster: prepared statements, batches, transactions, errors. */
class JdbcIT {
    private static RunningPostmaster postmaster;

    @BeforeAll
    static void start() {
        postmaster = RunningPostmaster.start();
    }

    @AfterAll
    static void stop() {
        postmaster.close();
    }

    @Test
    void preparedStatementsAreReusedPastTheDriversServerPrepareThreshold() throws SQLException {
        try (Connection connection = postmaster.connect();
                var query = connection.prepareStatement("select ?::int + 1")) {
            for (int i = 0; i < 20; i++) {
                query.setInt(1, i);
                try (ResultSet rows = query.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i + 1);
                }
            }
        }
    }

    @Test
    void aBatchIsOneRoundTripAndAFailingOneNamesTheViolation() throws SQLException {
        try (Connection connection = postmaster.connect()) {
            connection.createStatement().execute("create table batched (id int primary key, name text)");
            try (var insert = connection.prepareStatement("insert into batched values (?, ?)")) {
                for (int i = 0; i < 100; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "row " + i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(100).containsOnly(1);
                insert.setInt(1, 5);
                insert.setString(2, "again");
                insert.addBatch();
                assertThatThrownBy(insert::executeBatch)
                        .isInstanceOf(BatchUpdateException.class)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("23505");
            }
        }
    }

    @Test
    void transactionsCommitRollBackAndRefuseWorkAfterAnError() throws SQLException {
        try (Connection connection = postmaster.connect()) {
            connection.createStatement().execute("create table ledger (v int not null)");
            connection.setAutoCommit(false);
            connection.createStatement().execute("insert into ledger values (1)");
            connection.rollback();
            connection.createStatement().execute("insert into ledger values (2)");
            connection.commit();
            assertThatThrownBy(() -> connection.createStatement().execute("insert into ledger values (null)"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("23502");
            assertThatThrownBy(() -> connection.createStatement().execute("select 1"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("25P02");
            connection.rollback();
            try (ResultSet rows = connection.createStatement().executeQuery("select v from ledger")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(2);
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void aCursorFetchesInPortions() throws SQLException {
        var properties = new Properties();
        properties.setProperty("defaultRowFetchSize", "10");
        try (Connection connection = postmaster.connect("postgres", properties)) {
            connection.setAutoCommit(false);
            try (ResultSet rows = connection.createStatement().executeQuery("select * from generate_series(1, 95)")) {
                int count = 0;
                while (rows.next()) {
                    count++;
                    assertThat(rows.getInt(1)).isEqualTo(count);
                }
                assertThat(count).isEqualTo(95);
            }
        }
    }

    @Test
    void aCancelledStatementCostsItsTransactionButNotTheSession() throws Exception {
        try (Connection connection = postmaster.connect();
                var endless = connection.createStatement()) {
            int backend = RunningPostmaster.backendPid(connection);
            long idle = Proc.cpuTicks(backend);
            var failure = CompletableFuture.supplyAsync(() -> {
                try {
                    endless.execute("with recursive n(i) as (select 1 union all select i + 1 from n)"
                            + " select count(*) from n");
                    return "finished";
                } catch (SQLException e) {
                    return e.getSQLState();
                }
            });
            Deadline.await(
                    "the backend works on it", RunningPostmaster.PATIENCE, () -> Proc.cpuTicks(backend) > idle + 10);

            endless.cancel();

            assertThat(failure.get()).isEqualTo("57014");
            assertThat(RunningPostmaster.backendPid(connection)).isEqualTo(backend);
        }
    }

    @Test
    void anUnknownDatabaseIsRefused() {
        assertThatThrownBy(() -> postmaster.connect("nowhere", new Properties()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("database \"nowhere\" does not exist")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("3D000");
    }
}
